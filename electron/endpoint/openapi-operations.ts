import type { z } from 'zod';
import {
  activitySchema,
  addToolSchema,
  defaultAccountSchema,
  leaseSchema,
  loginSchema,
  logoutSchema,
  metadataSchema,
  oauthErrorSchema,
  oauthTokenSchema,
  outlookSchema,
  pauseSchema,
  revokedToolSchema,
  servicesSchema,
  statusSchema,
  tokenSchema,
  toolsSchema,
} from './answer-schemas.ts';

/** What a description says of a route beside what the route itself tells. */
export interface Operation {
  readonly summary: string;
  /** What comes with 200; null: 204, nothing. `any`: what the API answers. `accepted`: 202, nothing. */
  readonly answer: z.ZodType | 'any' | 'accepted' | null;
  /** Instead of a problem (RFC 9457). */
  readonly error?: z.ZodType;
}

const proxied = { summary: 'The same request at the API, with the token in it', answer: 'any' } as const;

/** By method and path, as the routes have them. */
export const operations: Readonly<Record<string, Operation>> = {
  'GET /healthz': { summary: 'Somebody listens here', answer: null },
  'GET /v1/token': { summary: 'The current access token', answer: tokenSchema },
  'POST /v1/token/renew': { summary: 'The API refused a token: the one to use now', answer: tokenSchema },
  'GET /v1/status': { summary: 'How the session stands', answer: statusSchema },
  'GET /v1/services': { summary: 'How the services are reached', answer: servicesSchema },
  'GET /v1/outlook': { summary: 'What a tool would get now, and why', answer: outlookSchema },
  'GET /v1/activity': { summary: 'What happened, and who asked', answer: activitySchema },
  'POST /v1/login': { summary: 'Sign in', answer: loginSchema },
  'POST /v1/logout': { summary: 'Forget the session on this computer', answer: logoutSchema },
  'POST /v1/accounts/default': {
    summary: 'Choose the account that tools get which name none',
    answer: defaultAccountSchema,
  },
  'POST /v1/pause': { summary: 'Hand out nothing for a while', answer: pauseSchema },
  'POST /v1/resume': { summary: 'Hand out tokens again', answer: pauseSchema },
  'POST /v1/stop': { summary: 'Stop Token Tray', answer: 'accepted' },
  'GET /v1/tools': { summary: 'The tools with keys of their own', answer: toolsSchema },
  'POST /v1/tools': { summary: 'Add a tool; its key is told this once', answer: addToolSchema },
  'POST /v1/tools/revoke': { summary: 'End a tool’s key', answer: revokedToolSchema },
  'POST /v1/lease': {
    summary: 'A key that is good for as long as the answer is read, which stays open',
    answer: leaseSchema,
  },
  'POST /oauth/token': {
    summary:
      'The current token for any OAuth 2.0 client (RFC 6749 §4.4): client id and secret are a tool’s name and key',
    answer: oauthTokenSchema,
    error: oauthErrorSchema,
  },
  'GET /.well-known/oauth-authorization-server': {
    summary: 'What an OAuth 2.0 client can find out (RFC 8414)',
    answer: metadataSchema,
  },
  'GET /openapi.json': { summary: 'This description', answer: 'any' },
  'ANY /proxy/*': proxied,
};

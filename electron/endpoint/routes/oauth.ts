import type { IncomingMessage } from 'node:http';
import { problemWords } from '../../contract/problem-words.ts';
import { problemStatus, type ProblemCode } from '../../contract/problems.ts';
import { refusalText } from '../../contract/refusal-words.ts';
import type { HeldToken, TokenReply } from '../../core/token-reply.ts';
import type { AccessWatch } from '../access-watch.ts';
import { contentAnswer, jsonAnswer, type Answer } from '../answer.ts';
import type { Engine } from '../engine.ts';
import type { KeyRing } from '../key-ring.ts';
import { readOauthRequest } from '../oauth-request.ts';
import { readTextBody } from '../request-body.ts';
import { route, type Route, type RouteRequest } from '../route.ts';
import { noQuery, oauthForm } from '../schemas.ts';
import { wholeSecondsLeft } from '../token-answer.ts';

export interface OauthParts {
  readonly engine: Engine;
  readonly access: AccessWatch;
  readonly keys: Pick<KeyRing, 'clientOf'>;
  /** Called for each client whose name and key do not fit. */
  readonly refused: () => void;
  /** The endpoint's, such as `http://127.0.0.1:8080`. */
  readonly url: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const minTtlSeconds = 60;

type OauthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'temporarily_unavailable';

/** `POST /oauth/token` (RFC 6749 §4.4, for tools with keys of their own) and its metadata (RFC 8414). */
export function oauthRoutes(parts: OauthParts): readonly Route[] {
  const token: Route = {
    method: 'POST',
    path: '/oauth/token',
    // Who asks stands in the body, perhaps: the route looks at the key itself.
    access: 'public',
    query: noQuery,
    body: oauthForm,
    answer: (request) => answerTo(request, parts),
  };

  const metadata = route({
    method: 'GET',
    path: '/.well-known/oauth-authorization-server',
    access: 'public',
    query: noQuery,
    answer: (_caller, _query, message) => {
      const issuer = askedUrl(message) ?? parts.url();
      return jsonAnswer({
        issuer,
        token_endpoint: `${issuer}/oauth/token`,
        grant_types_supported: ['client_credentials'],
        token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
        response_types_supported: [],
      });
    },
  });

  return [token, metadata];
}

/**
 * The URL that the client asked by TCP, where the gate lets in only our own names: an issuer has to be the one that its
 * metadata came from (RFC 8414 §3.3). Null: it came by the socket, where `Host` may say anything.
 */
function askedUrl({ headers, socket }: IncomingMessage): string | null {
  return socket.localPort === undefined || headers.host === undefined ? null : `http://${headers.host}`;
}

async function answerTo(
  { message, response, query, keyShown }: RouteRequest,
  parts: OauthParts,
): Promise<Answer> {
  if (query !== '') return oauthError('invalid_request', 'This address takes no query. Send a form.');
  const body = await readTextBody(message, response);
  if (body.kind !== 'text')
    return oauthError('invalid_request', 'The form did not arrive whole, or is too large.');
  const { 'content-type': contentType = '', authorization = '' } = message.headers;
  const request = readOauthRequest({ contentType, authorization }, body.value);
  if ('fault' in request) return oauthError('invalid_request', request.fault);
  const { client, grantType } = request;
  const tool = client && parts.keys.clientOf(client.name, client.key);
  if (tool === null) return unknownClient(parts);
  keyShown();
  if (grantType === null)
    return oauthError('invalid_request', 'Name the grant: grant_type=client_credentials.');
  if (grantType !== 'client_credentials') {
    return oauthError('unsupported_grant_type', 'There is one grant here: client_credentials.');
  }
  if (tool.proxyOnly) return oauthError('unauthorized_client', 'This key opens the proxy alone.');
  const { account, name } = tool;
  const asked = parts.engine.token({ account, minTtlSeconds, tool: name });
  const reply = asked instanceof Promise ? await parts.access.during(tool, asked) : asked;
  return reply.kind === 'access_ended' ? unknownClient(parts) : replyAnswer(reply, parts.now());
}

function unknownClient({ refused }: OauthParts): Answer {
  refused();
  return oauthError('invalid_client', 'No tool has this name and key. Look at: token-tray tools');
}

function replyAnswer(reply: TokenReply, now: number): Answer {
  switch (reply.kind) {
    case 'token':
      return tokenAnswer(reply.token);
    case 'refused': {
      const { refusal } = reply;
      return unavailable(refusal.code, refusalText(refusal, now), refusal.retryAfterSeconds);
    }
    case 'unknown_account':
      return unavailable('not_found', 'The account that this key is for is not here any more.');
  }
}

/** Exactly these three: an `expires_at` of another form than their own makes some libraries fail. */
function tokenAnswer({ accessToken, leftMs }: HeldToken): Answer {
  return jsonAnswer({
    access_token: accessToken.reveal(),
    token_type: 'Bearer',
    expires_in: wholeSecondsLeft(leftMs),
  });
}

/** Errors as RFC 6749 §5.2 has them. */
function oauthError(error: Exclude<OauthError, 'temporarily_unavailable'>, description: string): Answer {
  const isClient = error === 'invalid_client';
  const headers = [
    ...(isClient ? ['WWW-Authenticate', 'Basic realm="Token Tray"'] : []),
    'Connection',
    'close',
  ];
  return errorAnswer(isClient ? 401 : 400, { error, error_description: asciiText(description) }, headers);
}

/** There is no token now: with the status, the wait and the code of the same refusal on the other routes. */
function unavailable(code: ProblemCode, description: string, retryAfterSeconds?: number): Answer {
  const error: OauthError = 'temporarily_unavailable';
  const headers =
    retryAfterSeconds === undefined ? [] : ['Retry-After', String(Math.max(1, Math.ceil(retryAfterSeconds)))];
  const told = description === '' ? problemWords[code].detail : description;
  return errorAnswer(problemStatus[code], { error, error_description: asciiText(told), code }, headers);
}

function errorAnswer(status: number, body: object, headers: readonly string[]): Answer {
  return contentAnswer(status, 'application/json', JSON.stringify(body), headers);
}

/** A description holds no other characters than these (RFC 6749 §5.2). */
function asciiText(text: string): string {
  return text
    .replaceAll('’', "'")
    .replace(/["“”\\]/g, "'")
    .replaceAll('…', '...')
    .replaceAll('–', '-')
    .replace(/[^\x20-\x7E]/g, '?');
}

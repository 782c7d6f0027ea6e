import { z } from 'zod';
import { lockedReasons } from '../contract/failures.ts';
import {
  problemReasons,
  problemStatus,
  refusalCodes,
  type ProblemCode,
  type ProblemDetails,
} from '../contract/problems.ts';
import { sessionStates } from '../contract/session-states.ts';
import type {
  ActivityAnswer,
  AddToolAnswer,
  DefaultAccount,
  LeaseAnswer,
  LoginAnswer,
  LogoutAnswer,
  OutlookAnswer,
  PauseAnswer,
  RevokedTool,
  StatusAnswer,
  TokenAnswer,
  ToolsAnswer,
} from '../contract/wire.ts';

// The shapes of the answers, for their description. That they fit what is answered is for the compiler to say, as far
// as it can, and for `openapi.test.ts`.

const time = z.iso.datetime().describe('RFC 3339, UTC');
const timeOrNull = time.nullable();
const account = z.string().describe('an account’s name');
const state = z.enum(sessionStates);
const cause = z.enum(['sign_in', 'tool', 'timer', 'rejected', 'person']);
const toolName = z.string().describe('a tool’s name');
const count = z.int().min(0);

export const tokenSchema = z.strictObject({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int().min(1).describe('whole seconds left'),
  expires_at: time,
  account,
}) satisfies z.ZodType<TokenAnswer>;

export const statusSchema = z.strictObject({
  state,
  account: account.nullable(),
  accounts: z.array(z.strictObject({ account, state, default: z.boolean() })),
  expires_in: z.int().nullable().describe('whole seconds left'),
  expires_at: timeOrNull,
  last_renewal: z.strictObject({ at: time, cause }).nullable(),
  next_renewal_at: timeOrNull,
  budget: z.strictObject({ used: count, limit: count, next_at: timeOrNull }),
  rate_limited_until: timeOrNull.describe('when the service’s own “too many requests” is over'),
  reason: z.enum(problemReasons).nullable().describe('why the service is not asked for a new token now'),
  paused_until: timeOrNull,
  key_store: z.enum(['safe-storage', 'keyring', 'passphrase', 'memory']),
  locked_reason: z.enum(lockedReasons).nullable().describe('why the session is locked'),
  endpoint: z.strictObject({ url: z.string(), socket: z.string().nullable() }),
}) satisfies z.ZodType<StatusAnswer>;

export const servicesSchema = z.strictObject({
  services: z.array(z.string()).describe('base URLs'),
  findings: z.array(z.looseObject({ code: z.string() })).describe('as token-tray doctor --json has them'),
});

export const outlookSchema = z.strictObject({
  accounts: z.array(
    z.strictObject({
      account: account.nullable(),
      default: z.boolean(),
      state,
      gives: z.enum(['token', 'renewal', 'nothing']),
      expires_at: timeOrNull.describe('of the token in hand'),
      code: z.enum(refusalCodes).nullable().describe('why there is nothing, or no new token after this one'),
      reason: z.enum(problemReasons).nullable(),
      retry_at: timeOrNull,
    }),
  ),
  programs_of_this_user: z.boolean().describe('whether the key of endpoint.json gets tokens'),
  tool_keys: count,
}) satisfies z.ZodType<OutlookAnswer>;

export const loginSchema = z.strictObject({
  account,
  state,
  already: z.boolean().describe('the session still works, so nothing was asked of the service'),
}) satisfies z.ZodType<LoginAnswer>;

export const logoutSchema = z.strictObject({
  account,
  state: z.literal('signed_out'),
}) satisfies z.ZodType<LogoutAnswer>;

export const pauseSchema = z.strictObject({ paused_until: timeOrNull }) satisfies z.ZodType<PauseAnswer>;

export const defaultAccountSchema = z.strictObject({ account }) satisfies z.ZodType<DefaultAccount>;

const toolUse = { name: toolName, last_at: timeOrNull, count_today: count };

export const activitySchema = z.strictObject({
  entries: z.array(
    z.strictObject({
      at: time,
      kind: z.enum(['sign_in', 'renewal', 'sign_out', 'refused']),
      account,
      cause,
      tool: toolName.nullable(),
    }),
  ),
  tools: z.array(z.strictObject(toolUse)),
  days: z.array(z.strictObject({ date: z.iso.date().describe('a local day'), count })),
}) satisfies z.ZodType<ActivityAnswer>;

export const toolsSchema = z.strictObject({
  tools: z.array(
    z.strictObject({
      ...toolUse,
      added_at: time,
      expires_at: timeOrNull,
      proxy_only: z.boolean(),
      account: account.nullable(),
    }),
  ),
}) satisfies z.ZodType<ToolsAnswer>;

export const addToolSchema = z.strictObject({
  name: toolName,
  key: z.string().describe('told this once'),
}) satisfies z.ZodType<AddToolAnswer>;

export const revokedToolSchema = z.strictObject({ name: toolName }) satisfies z.ZodType<RevokedTool>;

export const leaseSchema = z.strictObject({
  key: z.string().describe('good for as long as this answer is read'),
}) satisfies z.ZodType<LeaseAnswer>;

/** RFC 6749 §5.1. */
export const oauthTokenSchema = tokenSchema.pick({ access_token: true, token_type: true, expires_in: true });

/** RFC 6749 §5.2; `code`: the same refusal’s on the other routes. */
export const oauthErrorSchema = z.strictObject({
  error: z.enum([
    'invalid_request',
    'invalid_client',
    'unauthorized_client',
    'unsupported_grant_type',
    'temporarily_unavailable',
  ]),
  error_description: z.string(),
  code: z.string().exactOptional(),
});

/** RFC 8414 §2. */
export const metadataSchema = z.strictObject({
  issuer: z.string(),
  token_endpoint: z.string(),
  grant_types_supported: z.array(z.string()),
  token_endpoint_auth_methods_supported: z.array(z.string()),
  response_types_supported: z.array(z.string()),
});

/** RFC 9457 §3. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(problemStatus) as ProblemCode[]),
  detail: z.string().describe('a sentence that a person can act on'),
  state: state.exactOptional(),
  reason: z.enum(problemReasons).exactOptional().describe('of offline: why the service could not be asked'),
  failure: z.string().exactOptional(),
}) satisfies z.ZodType<ProblemDetails>;

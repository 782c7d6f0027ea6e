import { z } from 'zod';
import type {
  AddToolRequest,
  DefaultAccount,
  LoginRequest,
  PauseRequest,
  RevokedTool,
} from '../contract/wire.ts';

/** A token lives a day at most (`docs/auth-api.md`), so no request can mean more. */
const longestTtlSeconds = 86_400;

const account = z.string().min(1);
const anAccount = 'the name of an account';

/** Seconds that the token must still live: a whole number from 0, in decimal digits alone. */
const minTtl = z
  .string()
  .regex(/^\d+$/)
  .transform((digits) => Math.min(Number(digits), longestTtlSeconds));

/**
 * The shapes of queries and bodies. All are strict: what is not named here is refused. A description says which
 * values will do.
 */
export const noQuery = z.strictObject({});

export const accountQuery = z.strictObject({ account: account.optional().describe(anAccount) });

export const tokenQuery = z.strictObject({
  account: account.optional().describe(anAccount),
  min_ttl: minTtl.optional().describe('a whole number of seconds'),
});

/** `since`: RFC 3339, read as epoch milliseconds. */
export const activityQuery = z.strictObject({
  account: account.optional().describe(anAccount),
  since: z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text))
    .optional()
    .describe('a time such as 2026-01-31T09:00:00Z'),
});

export const pauseBody = z.strictObject({
  seconds: z.int().min(1).max(86_400).describe('a whole number from 1 to 86400'),
}) satisfies z.ZodType<PauseRequest>;

export const defaultAccountBody = z.strictObject({
  account: account.describe(anAccount),
}) satisfies z.ZodType<DefaultAccount>;

/** Ten years: longer than any key should live that has an end at all. */
const longestToolSeconds = 315_360_000;

/** Names of any form come through: core has a sentence for those that will not do. */
export const addToolBody = z.strictObject({
  name: z.string(),
  expires_in: z
    .int()
    .min(1)
    .max(longestToolSeconds)
    .exactOptional()
    .describe('a whole number of seconds, ten years at most'),
  proxy_only: z.boolean().exactOptional().describe('true or false'),
  account: account.exactOptional().describe(anAccount),
}) satisfies z.ZodType<AddToolRequest>;

export const revokeToolBody = z.strictObject({ name: z.string() }) satisfies z.ZodType<RevokedTool>;

export const renewBody = z.strictObject({
  rejected: z.string().min(1).describe('the token that was refused'),
});

/** A token request of OAuth 2.0 (RFC 6749 §4.4.2); other parameters are ignored. */
export const oauthForm = z.object({
  grant_type: z.literal('client_credentials'),
  client_id: z
    .string()
    .optional()
    .describe('the name of the tool, unless it stands in the Authorization header'),
  client_secret: z.string().optional().describe('its key, unless that stands in the Authorization header'),
});

/** Empty names and passwords come through: core has a sentence for each. */
export const loginBody = z.strictObject({
  username: z.string(),
  password: z.string(),
  login: z.enum(['basic', 'json']).exactOptional().describe('basic or json'),
  api: z.string().min(1).exactOptional().describe('the base URL of a service'),
  prompted: z
    .boolean()
    .exactOptional()
    .describe('true only if a person typed the password at a terminal without echo'),
}) satisfies z.ZodType<LoginRequest>;

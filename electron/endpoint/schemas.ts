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

/** Seconds that the token must still live: a whole number from 0, in decimal digits alone. */
const minTtl = z
  .string()
  .regex(/^\d+$/)
  .transform((digits) => Math.min(Number(digits), longestTtlSeconds));

/** The shapes of queries and bodies. All are strict: what is not named here is refused. */
export const noQuery = z.strictObject({});

export const accountQuery = z.strictObject({ account: account.optional() });

export const tokenQuery = z.strictObject({ account: account.optional(), min_ttl: minTtl.optional() });

/** `since`: RFC 3339, read as epoch milliseconds. */
export const activityQuery = z.strictObject({
  account: account.optional(),
  since: z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text))
    .optional(),
});

export const pauseBody = z.strictObject({
  seconds: z.int().min(1).max(86_400),
}) satisfies z.ZodType<PauseRequest>;

export const defaultAccountBody = z.strictObject({ account }) satisfies z.ZodType<DefaultAccount>;

/** Ten years: longer than any key should live that has an end at all. */
const longestToolSeconds = 315_360_000;

/** Names of any form come through: core has a sentence for those that will not do. */
export const addToolBody = z.strictObject({
  name: z.string(),
  expires_in: z.int().min(1).max(longestToolSeconds).exactOptional(),
  proxy_only: z.boolean().exactOptional(),
  account: account.exactOptional(),
}) satisfies z.ZodType<AddToolRequest>;

export const revokeToolBody = z.strictObject({ name: z.string() }) satisfies z.ZodType<RevokedTool>;

export const renewBody = z.strictObject({ rejected: z.string().min(1) });

/** Empty names and passwords come through: core has a sentence for each. */
export const loginBody = z.strictObject({
  username: z.string(),
  password: z.string(),
  login: z.enum(['basic', 'json']).exactOptional(),
  api: z.string().min(1).exactOptional(),
}) satisfies z.ZodType<LoginRequest>;

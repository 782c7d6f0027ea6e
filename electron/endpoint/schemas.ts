import { z } from 'zod';
import type { LoginRequest } from '../contract/wire.ts';

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

export const renewBody = z.strictObject({ rejected: z.string().min(1) });

/** Empty names and passwords come through: core has a sentence for each. */
export const loginBody = z.strictObject({
  username: z.string(),
  password: z.string(),
  login: z.enum(['basic', 'json']).exactOptional(),
  api: z.string().min(1).exactOptional(),
}) satisfies z.ZodType<LoginRequest>;

import { z } from 'zod';
import type { MissingPart } from '../contract/failures.ts';
import type { ServiceReply } from '../core/ports.ts';
import { Secret } from '../core/secret.ts';
import { retryAfterMs } from './retry-after.ts';
import { tokenLifetimeMs } from './token-lifetime.ts';

/** A final answer of the service as it came in: header values as text, null where there is none. */
export interface ServiceAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly date: string | null;
  readonly retryAfter: string | null;
  readonly body: string;
}

/** What a token must be made of to stand in a header: visible ASCII (RFC 9110 §5.5); RFC 6750 §2.1 asks for less. */
const token = z.string().regex(/^[\x21-\x7e]+$/);

const tokenFields = {
  access: z.unknown(),
  token: z.unknown(),
  access_token: z.unknown(),
  refresh: z.unknown(),
  refreshToken: z.unknown(),
  refresh_token: z.unknown(),
};
const tokenObject = z.object(tokenFields).partial();
const successObject = tokenObject.extend({ data: tokenObject.optional().catch(undefined) });
const failureObject = z
  .object({ status: z.unknown(), detail: z.unknown(), error: z.unknown(), error_details: z.unknown() })
  .partial();

/**
 * The one reader of the service's answers to a login or a refresh; the service's own text goes no further. Takes
 * every shape that the service is known to answer in, whichever of its calls was made. `nowMs` is the wall clock
 * in epoch milliseconds, for a `Retry-After` that names a date.
 *
 * Too many comes before suspended, and both before a plain refusal: Firebase's TOO_MANY_ATTEMPTS says that
 * access "has been temporarily disabled", and a suspended account may be answered 401.
 */
export function readServiceAnswer(
  request: 'login' | 'refresh',
  answer: ServiceAnswer,
  nowMs: number,
): ServiceReply {
  const { status } = answer;
  const json = parseJson(answer.body);
  const ok = status >= 200 && status < 300;
  const failure = failureObject.safeParse(json).data;
  if (ok && (failure?.status !== false || !mayBeJson(answer.contentType)))
    return readTokens(request, answer, json);

  if (status === 429 || ((ok || status >= 400) && /TOO_MANY_ATTEMPTS/i.test(answer.body))) {
    return { kind: 'too_many', retryAfterMs: retryAfterMs(answer.retryAfter, answer.date, nowMs) };
  }
  const refused = ok || status === 400 || status === 401;
  const words = failure ? textOf([failure.detail, failure.error, failure.error_details]) : '';
  if (status === 403 || (refused && /suspend|disabled|blocked/i.test(words))) {
    return { kind: 'refused', failure: { code: 'suspended' } };
  }
  if (refused)
    return { kind: 'refused', failure: { code: request === 'login' ? 'wrong_credentials' : 'expired' } };
  return { kind: 'lost', failure: { code: 'service_error', status } };
}

function readTokens(request: 'login' | 'refresh', answer: ServiceAnswer, json: unknown): ServiceReply {
  const success = mayBeJson(answer.contentType) ? successObject.safeParse(json).data : undefined;
  if (!success) return unreadable('json');
  const fields = [success, success.data ?? {}];
  const accessToken = firstToken(fields.flatMap((at) => [at.access, at.token, at.access_token]));
  if (accessToken === null) return unreadable('access_token');

  const refreshFields = fields.flatMap((at) => [at.refresh, at.refreshToken, at.refresh_token]);
  const refreshToken = firstToken(refreshFields);
  // A refresh may keep the old refresh token (RFC 6749 §6); one that is there and no token is another matter.
  const kept =
    request === 'refresh' &&
    refreshFields.every((value) => value === undefined || value === null || value === '');
  if (refreshToken === null && !kept) return unreadable('refresh_token');
  return {
    kind: 'issued',
    tokens: {
      accessToken: new Secret(accessToken),
      refreshToken: refreshToken === null ? null : new Secret(refreshToken),
      lifetimeMs: tokenLifetimeMs(accessToken, answer.date),
    },
  };
}

function firstToken(values: readonly unknown[]): string | null {
  for (const value of values) {
    const read = token.safeParse(value);
    if (read.success) return read.data;
  }
  return null;
}

/** The text inside a value, without its keys. Bounded in depth, because the text comes from outside. */
function textOf(value: unknown, depth = 8): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || depth === 0) return '';
  return Object.values(value)
    .map((part) => textOf(part, depth - 1))
    .join(' ');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** Sign-in pages of networks say text/html. A missing type and text/plain are common for JSON of simple servers. */
function mayBeJson(contentType: string | null): boolean {
  const essence = (contentType ?? '').replace(/;.*$/s, '').trim().toLowerCase();
  return essence === '' || essence === 'text/plain' || /^(application|text)\/([\w.-]+\+)?json$/.test(essence);
}

function unreadable(missing: MissingPart): ServiceReply {
  return { kind: 'lost', failure: { code: 'unreadable_answer', missing } };
}

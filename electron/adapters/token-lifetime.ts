import { decodeJwt } from 'jose';
import { parseHttpDate } from './http-date.ts';

const usualLifetimeMs = 45 * 60_000;
const shortestMs = 1000;
const longestMs = 24 * 60 * 60_000;

/**
 * How long an access token is good, in milliseconds from the arrival of the answer that brought it, held between
 * 1 s and 24 h. From the token itself where it is a JWT with an `exp` (RFC 7519 §4.1.4, seconds): the smaller of
 * `exp - iat` and `exp -` the answer's `Date` header; else 45 min. The local clock has no say, so a wrong one
 * does no harm. Nothing is verified: the token is the service's to check, and only its dates are read.
 */
export function tokenLifetimeMs(accessToken: string, date: string | null): number {
  const { expiresAtMs, issuedAtMs } = readDates(accessToken);
  const answeredAtMs = date === null ? null : parseHttpDate(date);
  const starts = [issuedAtMs, answeredAtMs].filter((start) => start !== null);
  if (expiresAtMs === null || starts.length === 0) return usualLifetimeMs;
  return Math.min(Math.max(expiresAtMs - Math.max(...starts), shortestMs), longestMs);
}

interface TokenDates {
  readonly expiresAtMs: number | null;
  readonly issuedAtMs: number | null;
}

function readDates(accessToken: string): TokenDates {
  try {
    const { exp, iat } = decodeJwt(accessToken);
    return { expiresAtMs: numericDateMs(exp), issuedAtMs: numericDateMs(iat) };
  } catch {
    // An opaque token (RFC 6749 §1.4), which is as good.
    return { expiresAtMs: null, issuedAtMs: null };
  }
}

/** `unknown`, because decoding promises numbers and checks none: "2700", null or 1e400 may stand there. */
function numericDateMs(seconds: unknown): number | null {
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds * 1000 : null;
}

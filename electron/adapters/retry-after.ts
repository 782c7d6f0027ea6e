import { parseHttpDate } from './http-date.ts';

const minuteMs = 60_000;
const longestMs = 24 * 60 * minuteMs;

/** The wait where the service names none that can be read. */
const unnamedWaitMs = 10 * minuteMs;

/**
 * How long to leave the service alone, in milliseconds: `Retry-After` as seconds or as a date (RFC 9110 §10.2.3),
 * held between 1 min and 24 h; 10 min where there is none, or none that can be read, or one in the past. A date
 * is measured against the answer's own `Date`, so that a wrong local clock (`nowMs`, epoch milliseconds) counts
 * only where that is missing.
 */
export function retryAfterMs(retryAfter: string | null, date: string | null, nowMs: number): number {
  const wait = retryAfter === null ? null : namedWaitMs(retryAfter.trim(), date, nowMs);
  return wait === null || wait < 0 ? unnamedWaitMs : Math.min(Math.max(wait, minuteMs), longestMs);
}

function namedWaitMs(retryAfter: string, date: string | null, nowMs: number): number | null {
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const moment = parseHttpDate(retryAfter);
  if (moment === null) return null;
  return moment - ((date === null ? null : parseHttpDate(date)) ?? nowMs);
}

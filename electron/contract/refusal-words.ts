import { failureText, timeOfDay } from './failure-words.ts';
import { problemWords } from './problem-words.ts';
import type { TokenRefusal } from './problems.ts';

/**
 * What a person is told where a token is refused: what is behind it, or until when, where that is known; else the
 * code's own sentence. `now`: epoch milliseconds; times are shown on this computer's clock.
 */
export function refusalText({ code, retryAfterSeconds, failure }: TokenRefusal, now: number): string {
  const until = retryAfterSeconds === undefined ? undefined : now + retryAfterSeconds * 1000;
  if (failure !== undefined) return failureText(failure, until);
  if (until !== undefined) {
    if (code === 'budget_exhausted' || code === 'rate_limited') return failureText({ code, retryAt: until });
    if (code === 'paused') {
      return `Tools are paused until ${timeOfDay(until)}. Resume them with: token-tray resume`;
    }
  }
  return problemWords[code].detail;
}

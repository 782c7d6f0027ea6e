import type { AppView } from '../../electron/contract/app-view.ts';
import type { TokenTrouble } from '../../electron/contract/bridge.ts';
import { clockText } from '../../electron/contract/clock-text.ts';
import type { TokenRefusal } from '../../electron/contract/problems.ts';
import type { Phrase } from './words.ts';

/** What a person is told who got no token, or no copy. `now`: epoch milliseconds. */
export function troubleWords(trouble: TokenTrouble, view: AppView, now: number): Phrase {
  if (trouble.code === 'offline') return offlineWords(trouble, view, now);
  if (trouble.code === 'rate_limited') {
    const { retryAfterSeconds = 0 } = trouble;
    return {
      key: 'trouble.rate_limited',
      filling: { time: clockText(now + retryAfterSeconds * 1_000, view.language) },
    };
  }
  if (trouble.code !== 'budget_exhausted') return { key: `trouble.${trouble.code}` };
  const { retryAfterSeconds } = trouble;
  const at = retryAfterSeconds === undefined ? view.budget.nextAt : now + retryAfterSeconds * 1_000;
  return at === null
    ? { key: 'status.budget_later' }
    : { key: 'trouble.budget_exhausted', filling: { time: clockText(at, view.language) } };
}

function offlineWords({ reason, retryAfterSeconds = 0 }: TokenRefusal, view: AppView, now: number): Phrase {
  const time = clockText(now + retryAfterSeconds * 1_000, view.language, 'seconds');
  return { key: `trouble.offline.${reason ?? 'stopping'}`, filling: { time } };
}

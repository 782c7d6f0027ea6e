import type { AppView } from '../../electron/contract/app-view.ts';
import type { TokenTrouble } from '../../electron/contract/bridge.ts';
import { clockText } from '../../electron/contract/clock-text.ts';
import { failureWords } from './failure-words.ts';
import type { Phrase } from './words.ts';

/** What a person is told who got no token, or no copy. `now`: epoch milliseconds. */
export function troubleWords(trouble: TokenTrouble, view: AppView, now: number): readonly Phrase[] {
  if (trouble.code === 'clipboard' || trouble.code === 'clipboard_focus')
    return [{ key: `trouble.${trouble.code}` }];
  const { code, failure, reason, retryAfterSeconds } = trouble;
  const at = retryAfterSeconds === undefined ? null : now + retryAfterSeconds * 1_000;
  if (failure !== undefined) {
    const { sentence, remedy } = failureWords(failure, view.language);
    // A person waits too, where the answer to a renewal was lost.
    const lost = reason === 'uncertain' && !('retryAt' in failure) && at !== null;
    return [sentence, lost ? { key: 'trouble.try_again_at', filling: { time: precise(at, view) } } : remedy];
  }
  switch (code) {
    case 'offline':
      return [
        {
          key: `trouble.offline.${reason ?? 'stopping'}`,
          filling: { time: at === null ? '' : precise(at, view) },
        },
      ];
    case 'rate_limited':
      return [timed('trouble.rate_limited', at ?? view.rateLimitedUntil, view)];
    case 'budget_exhausted':
      return [timed('trouble.budget_exhausted', at ?? view.budget.nextAt, view)];
    case 'locked':
      return [{ key: view.restartUnlocks ? 'trouble.locked_restart' : 'trouble.locked' }];
    default:
      return [{ key: `trouble.${code}` }];
  }
}

function timed(
  key: 'trouble.rate_limited' | 'trouble.budget_exhausted',
  at: number | null,
  { language }: AppView,
): Phrase {
  return at === null ? { key: `${key}_later` } : { key, filling: { time: clockText(at, language) } };
}

/** For waits that may be shorter than a minute. */
function precise(at: number, { language }: AppView): string {
  return clockText(at, language, 'seconds');
}

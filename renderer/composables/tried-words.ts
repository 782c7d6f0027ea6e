import type { TriedTool } from '../../electron/contract/connect-page.ts';
import type { AppView } from '../../electron/contract/app-view.ts';
import { minutesLeft } from '../../electron/contract/status-face.ts';
import { troubleWords } from './trouble-words.ts';
import type { Phrase } from './words.ts';

/** What came of “Try it”, for people. `now`: epoch milliseconds. */
export function triedWords(tried: TriedTool, view: AppView, now: number): readonly Phrase[] {
  if (tried.kind === 'token') {
    const { account, expiresInSeconds } = tried;
    const count = minutesLeft(expiresInSeconds * 1_000, 0);
    return [{ key: 'connect.tried.token', filling: { account, count } }];
  }
  if (tried.kind !== 'refused') return [{ key: `connect.tried.${tried.kind}` }];
  const { code, retryAfterSeconds, reason } = tried;
  switch (code) {
    case 'budget_exhausted':
    case 'rate_limited':
    case 'service_error':
    case 'signed_out':
    case 'locked':
    case 'not_saved':
    case 'suspended':
    case 'paused':
    case 'offline':
      return troubleWords(
        {
          code,
          ...(retryAfterSeconds !== null && { retryAfterSeconds }),
          ...(reason !== null && { reason }),
        },
        view,
        now,
      );
    case 'bad_key':
      return [{ key: 'connect.tried.bad_key' }];
    default:
      return [{ key: 'connect.tried.unreachable' }];
  }
}

import type { Language } from '../../electron/contract/language.ts';
import { clockText } from '../../electron/contract/clock-text.ts';
import type { Failure, OfflineFailure } from '../../electron/contract/failures.ts';
import type { Filling, Phrase, WordKey } from './words.ts';

/** What happened, and what to do now. */
export interface FailureWords {
  readonly sentence: Phrase;
  readonly remedy: Phrase;
}

type Worded<Key> = Key extends `failure.${infer Name}.sentence` ? Name : never;

/** The words for a failure, as a window says them. A code without words does not compile. */
export function failureWords(failure: Failure, language: Language): FailureWords {
  switch (failure.code) {
    case 'rate_limited':
    case 'budget_exhausted':
      return words(failure.code, { time: clockText(failure.retryAt, language) });
    case 'sign_in_backoff':
      return words(failure.code, { time: clockText(failure.retryAt, language, 'seconds') });
    case 'offline':
      return offlineWords(failure, language);
    case 'service_error':
      return words(failure.code, { status: failure.status });
    case 'unreadable_answer':
      return words(`unreadable_answer.${failure.missing}`);
    case 'vault_locked':
      return words(`vault_locked.${failure.reason}`);
    case 'vault_unwritable':
    case 'not_removed':
    case 'tools_unwritable':
    case 'tools_unreadable':
      return words(failure.code, {
        reason: { key: `unwritable.${failure.reason}.reason` },
        remedy: { key: `unwritable.${failure.reason}.remedy` },
      });
    case 'bad_service_address':
    case 'insecure_service':
      return words(failure.code, { address: failure.address });
    case 'unknown_account':
      return words(failure.code, { account: failure.account });
    case 'tool_exists':
    case 'unknown_tool':
      return words(failure.code, { tool: failure.tool });
    case 'port_taken':
      return words(failure.code, { port: failure.port });
    case 'not_running':
      return words(failure.code, { home: failure.home });
    case 'wrong_credentials':
    case 'expired':
    case 'suspended':
    case 'cancelled':
    case 'stopping':
    case 'same_token':
    case 'username_with_colon':
    case 'username_not_text':
    case 'password_not_text':
    case 'empty_username':
    case 'empty_password':
    case 'choice_not_saved':
    case 'choice_managed':
    case 'ledger_unreadable':
    case 'bad_tool_name':
    case 'home_taken':
    case 'home_unusable':
    case 'app_not_locked':
    case 'owner_unreachable':
    case 'still_running':
      return words(failure.code);
  }
}

function offlineWords(failure: OfflineFailure, language: Language): FailureWords {
  if ('retryAt' in failure) {
    return words(`offline.${failure.reason}`, { time: clockText(failure.retryAt, language, 'seconds') });
  }
  return words(`offline.${failure.reason}`, {
    host: failure.host,
    clock: 'clockAt' in failure ? clockText(failure.clockAt, language, 'date') : '',
  });
}

function words(name: Worded<WordKey>, filling: Filling = {}): FailureWords {
  return {
    sentence: { key: `failure.${name}.sentence`, filling },
    remedy: { key: `failure.${name}.remedy`, filling },
  };
}

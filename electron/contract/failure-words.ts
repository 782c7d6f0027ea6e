import {
  connectionWords,
  holdWords,
  lockedWords,
  missingWords,
  troubleWords,
} from './failure-reason-words.ts';
import type { Failure, OfflineFailure } from './failures.ts';

/** What a person is told: what happened, and what to do now. */
export interface FailureWords {
  readonly sentence: string;
  readonly remedy: string;
}

/**
 * One sentence and one remedy for each expected failure. `retryAt` (epoch milliseconds): when the same request may be
 * made again, where the failure does not say it itself. Times are shown on this computer's clock.
 */
export function describeFailure(failure: Failure, retryAt?: number): FailureWords {
  const again = retryAt === undefined ? 'again' : `again at ${timeWithSeconds(retryAt)}`;
  switch (failure.code) {
    case 'wrong_credentials':
      return { sentence: 'Email or password is not right.', remedy: 'Check both and try again.' };
    case 'expired':
      return { sentence: 'The service ended the session.', remedy: 'Sign in again.' };
    case 'suspended':
      return {
        sentence: 'The service has suspended this account; Token Tray has stopped asking.',
        remedy: 'Ask the service to lift it, then sign in.',
      };
    case 'rate_limited':
      return {
        sentence: 'The service says: too many requests.',
        remedy: `Try again at ${timeOfDay(failure.retryAt)}.`,
      };
    case 'budget_exhausted':
      return {
        sentence: 'Enough new tokens for now; this protects the account.',
        remedy: `The next is possible at ${timeOfDay(failure.retryAt)}.`,
      };
    case 'sign_in_backoff':
      return {
        sentence: 'The service refused the last sign-ins of this account, so this one was not sent.',
        remedy: `Check email and password, and try again at ${timeWithSeconds(failure.retryAt)}.`,
      };
    case 'offline':
      return describeOffline(failure, again);
    case 'service_error':
      return {
        sentence: `The service answered with an error (${failure.status}).`,
        remedy: retryAt === undefined ? 'Try again in a minute.' : `Try ${again}.`,
      };
    case 'same_token':
      return {
        sentence: 'The service gave the same token again, although the API rejected it.',
        remedy: 'Check that the API accepts this service’s tokens. If it does, sign out and sign in again.',
      };
    case 'unreadable_answer':
      return {
        sentence: `The service’s answer was not understood: ${missingWords[failure.missing]}.`,
        remedy: `Check the service’s address${retryAt === undefined ? '' : `, and try ${again}`}.`,
      };
    case 'vault_locked':
      return lockedWords[failure.reason];
    case 'vault_unwritable': {
      const words = troubleWords[failure.reason];
      return { sentence: `The sign-in could not be saved: ${words.sentence}`, remedy: words.remedy };
    }
    case 'cancelled':
      return {
        sentence: 'The sign-in was cancelled.',
        remedy: 'Sign in when you are ready. If a command ended with this, run it again.',
      };
    case 'stopping':
      return { sentence: 'Token Tray is stopping.', remedy: 'Start it again, then repeat the request.' };
    case 'bad_service_address':
      return {
        sentence: `“${failure.address}” is no address of a service.`,
        remedy: 'Give its base URL, such as https://auth.example.com.',
      };
    case 'insecure_service':
      return {
        sentence: `The password would go to ${failure.address} unencrypted, so nothing was sent.`,
        remedy: 'Use its https address; plain http is for this computer alone.',
      };
    case 'username_with_colon':
      return {
        sentence: 'This email holds a “:”, which this kind of sign-in cannot send.',
        remedy: 'Choose the other kind (--login json).',
      };
    case 'username_not_text':
      return {
        sentence: 'The email is not UTF-8 text or contains a NUL character, so nothing was sent.',
        remedy: 'Type it again in a terminal that is set to UTF-8.',
      };
    case 'password_not_text':
      return {
        sentence: 'The password is not UTF-8 text or contains a NUL character, so nothing was sent.',
        remedy: 'Save it as UTF-8, or type it in a terminal that is set to UTF-8.',
      };
    case 'empty_username':
      return { sentence: 'The email is missing.', remedy: 'Give it with --username.' };
    case 'empty_password':
      return {
        sentence: 'The password is empty, so nothing was sent.',
        remedy: 'Type it, or send it with --password-stdin.',
      };
    case 'unknown_account':
      if (failure.account === '') {
        return { sentence: 'There is no account here yet.', remedy: 'Sign in with: token-tray login' };
      }
      return {
        sentence: `There is no account “${failure.account}” here.`,
        remedy: 'See token-tray status for those there are.',
      };
    case 'not_removed':
      return {
        sentence: `The stored sign-in could not be deleted: ${troubleWords[failure.reason].sentence}`,
        remedy:
          'Token Tray keeps trying while it is open; mend that, or delete the vault files of the home yourself.',
      };
    case 'choice_not_saved':
      return {
        sentence: 'The choice counts until Token Tray ends, but it could not be saved.',
        remedy: 'See what token-tray doctor says of settings.json.',
      };
    case 'choice_managed':
      return {
        sentence: 'Whoever manages this computer has made this choice.',
        remedy: 'Ask them to change it.',
      };
    case 'ledger_unreadable':
      return {
        sentence: 'The ledger of new tokens cannot be read.',
        remedy: 'See what token-tray doctor says of ledger.jsonl.',
      };
    case 'bad_tool_name':
      return {
        sentence: 'This name cannot be a tool’s.',
        remedy:
          'Use up to 64 small letters, digits, dots, dashes and underscores, with a letter or digit first.',
      };
    case 'tool_exists':
      return {
        sentence: `There is a tool “${failure.tool}” already.`,
        remedy: 'Choose another name, or remove that one first with token-tray tools revoke.',
      };
    case 'unknown_tool':
      return {
        sentence: `There is no tool “${failure.tool}” here.`,
        remedy: 'See token-tray tools for those there are.',
      };
    case 'tools_unreadable':
      return {
        sentence: `The list of tools cannot be read, so their keys open nothing: ${troubleWords[failure.reason].sentence}`,
        remedy: 'Mend that and start Token Tray again; tools.json is left as it is.',
      };
    case 'tools_unwritable':
      return {
        sentence: `The list of tools could not be saved: ${troubleWords[failure.reason].sentence}`,
        remedy: 'Mend that and do it again. A tool that was removed stays shut out meanwhile.',
      };
    case 'home_taken':
      return {
        sentence: `Another Token Tray${failure.pid === null ? '' : ` (process ${failure.pid})`} keeps this home already.`,
        remedy: 'Use that one, end it with token-tray stop, or choose another home with --home.',
      };
    case 'home_unusable':
      return {
        sentence: `The folder ${failure.home} cannot be used: ${troubleWords[failure.reason].sentence}`,
        remedy:
          failure.reason === 'open_to_others' || failure.reason === 'no_locks'
            ? troubleWords[failure.reason].remedy
            : 'Mend that, or choose another with --home.',
      };
    case 'app_not_locked':
      return {
        sentence: `Token Tray cannot lock ${failure.folder}, so it does not know whether it already runs.`,
        remedy:
          'Check that this disk and the disk of temporary files have free space. If Token Tray does not run, delete SingletonLock in this folder. Then start Token Tray again.',
      };
    case 'port_taken':
      return {
        sentence: `Port ${failure.port} is taken by another program.`,
        remedy: 'Choose another with --port, or leave it out to get a free one.',
      };
    case 'still_running':
      return {
        sentence: `Token Tray${failure.pid === null ? '' : ` (process ${failure.pid})`} is still running.`,
        remedy: 'If its window asks about a sign-in that is not saved, answer there; else end that process.',
      };
    case 'not_running':
      return {
        sentence: `Token Tray is not running in ${failure.home}.`,
        remedy: 'Start it with: token-tray agent',
      };
    case 'owner_unreachable': {
      const process = failure.pid === null ? '' : ` (process ${failure.pid})`;
      return failure.missing === null
        ? {
            sentence: `Token Tray runs${process} but does not answer.`,
            remedy: 'Try again in a minute. If it stays so, end that process and start Token Tray again.',
          }
        : {
            sentence: `Token Tray runs${process}, but ${failure.missing} is missing in ${failure.home}.`,
            remedy:
              'It may be starting, or asking for a sign-in in its own terminal. Try again when it has started. If it stays so, end that process and start Token Tray again.',
          };
    }
  }
}

function describeOffline(failure: OfflineFailure, again: string): FailureWords {
  if ('retryAt' in failure) {
    const { sentence, remedy } = holdWords[failure.reason];
    return { sentence, remedy: remedy.replace('TIME', timeWithSeconds(failure.retryAt)) };
  }
  const { sentence, remedy } = connectionWords[failure.reason];
  const clock = 'clockAt' in failure ? dateAndTime(failure.clockAt) : '';
  return {
    sentence: sentence.replace('HOST', failure.host).replace('CLOCK', clock),
    remedy: remedy.replace('AGAIN', again),
  };
}

/** The words as one line of text; see `describeFailure`. */
export function failureText(failure: Failure, retryAt?: number): string {
  const { sentence, remedy } = describeFailure(failure, retryAt);
  return `${sentence} ${remedy}`;
}

/** Hours and minutes by this computer’s clock. */
export function timeOfDay(epochMs: number): string {
  const time = new Date(epochMs);
  return `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
}

/** For waits that may be shorter than a minute. Rounded up, so that a try at that time is not too early. */
function timeWithSeconds(epochMs: number): string {
  const wholeSecond = Math.ceil(epochMs / 1000) * 1000;
  return `${timeOfDay(wholeSecond)}:${twoDigits(new Date(wholeSecond).getSeconds())}`;
}

function dateAndTime(epochMs: number): string {
  const date = new Date(epochMs);
  const day = [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-');
  return `${day} ${timeOfDay(epochMs)}`;
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}

import { failureText } from '../contract/failure-words.ts';
import type { Failure } from '../contract/failures.ts';
import { problemReason, type ProblemCode } from '../contract/problems.ts';
import type { Answer } from './answer.ts';
import { problemAnswer } from './problem.ts';

/** Nothing better is known: the first wait after a request that certainly was not sent. */
const offlineRetrySeconds = 5;

/** The answer to a request that ended in a failure. `now`: epoch milliseconds, for `Retry-After`. */
export function failureAnswer(failure: Failure, now: number): Answer {
  return problemAnswer(problemOf(failure), {
    detail: failureText(failure),
    failure: failure.code,
    reason: failure.code === 'offline' ? problemReason(failure.reason) : undefined,
    retryAfterSeconds: retryAfterOf(failure, now),
  });
}

function problemOf(failure: Failure): ProblemCode {
  switch (failure.code) {
    case 'wrong_credentials':
    case 'cancelled':
    case 'expired':
      return 'signed_out';
    case 'suspended':
      return 'suspended';
    case 'rate_limited':
      return 'rate_limited';
    case 'budget_exhausted':
    case 'sign_in_backoff':
      return 'budget_exhausted';
    case 'offline':
    case 'stopping':
      return 'offline';
    case 'service_error':
    case 'same_token':
    case 'unreadable_answer':
      return 'service_error';
    case 'vault_locked':
      return 'locked';
    case 'vault_unwritable':
    case 'not_removed':
    case 'choice_not_saved':
    case 'tools_unwritable':
    case 'tools_unreadable':
      return 'not_saved';
    case 'choice_managed':
      return 'forbidden';
    case 'unknown_account':
    case 'unknown_tool':
      return 'not_found';
    case 'bad_service_address':
    case 'insecure_service':
    case 'username_with_colon':
    case 'username_not_text':
    case 'password_not_text':
    case 'empty_username':
    case 'empty_password':
    case 'bad_tool_name':
    case 'tool_exists':
      return 'bad_request';
    // A program that serves requests has its home and its port: these can only be our own mistake.
    case 'home_taken':
    case 'home_unusable':
    case 'app_not_locked':
    case 'port_taken':
    case 'not_running':
    case 'owner_unreachable':
    case 'still_running':
    case 'ledger_unreadable':
      return 'service_error';
  }
}

function retryAfterOf(failure: Failure, now: number): number | undefined {
  switch (failure.code) {
    case 'rate_limited':
    case 'budget_exhausted':
    case 'sign_in_backoff':
      return (failure.retryAt - now) / 1000;
    case 'offline':
      return 'retryAt' in failure ? (failure.retryAt - now) / 1000 : offlineRetrySeconds;
    case 'stopping':
      return offlineRetrySeconds;
    default:
      return undefined;
  }
}

import { failureText } from '../contract/failure-words.ts';
import type { Failure, FailureCode } from '../contract/failures.ts';
import { exitCodes, type ProblemCode, type ProblemDetails } from '../contract/problems.ts';
import type { Answer } from './http-exchange.ts';
import { writeText } from './standard-streams.ts';

/** Prints the answer that was asked for, which alone goes to standard output, and answers the exit code. */
export function answer(text: string): number {
  if (writeText(1, `${text}\n`)) return exitCodes.done;
  tell('The answer could not be written to standard output. Check where that goes, such as a full disk.');
  return exitCodes.failed;
}

/** Everything else. */
export function tell(text: string): void {
  writeText(2, `${text}\n`);
}

/** Says a failure in its sentence and remedy, and answers the exit code. */
export function fail(failure: Failure): number {
  tell(failureText(failure));
  return exitCodeOfFailure(failure.code);
}

/** Says what the endpoint's problem answer (RFC 9457) says, and answers the exit code. */
export function failWith(problem: Answer): number {
  const details = parseProblem(problem.body);
  tell(details?.detail ?? `Token Tray answered with an error (${problem.status}). Try again in a minute.`);
  return details ? exitCodeOfProblem(details.code) : exitCodes.failed;
}

/** Null: the body is no problem of the endpoint’s. */
export function parseProblem(body: string): Pick<ProblemDetails, 'code' | 'detail'> | null {
  try {
    const { code, detail } = JSON.parse(body) as Partial<ProblemDetails>;
    return typeof code === 'string' && typeof detail === 'string' ? { code, detail } : null;
  } catch {
    return null;
  }
}

/** The exit code of a call that the endpoint answers with a problem. */
export function exitCodeOfProblem(code: ProblemCode): number {
  switch (code) {
    case 'signed_out':
    case 'suspended':
      return exitCodes.signInNeeded;
    case 'bad_request':
      return exitCodes.wrongUsage;
    case 'bad_key':
    case 'forbidden':
    case 'forbidden_origin':
    case 'forbidden_host':
    case 'paused':
      return exitCodes.refused;
    default:
      return exitCodes.failed;
  }
}

/** The exit code of a failure that a program ends with. */
function exitCodeOfFailure(code: FailureCode): number {
  switch (code) {
    case 'wrong_credentials':
    case 'expired':
    case 'suspended':
      return exitCodes.signInNeeded;
    case 'bad_service_address':
    case 'insecure_service':
    case 'username_with_colon':
    case 'username_not_text':
    case 'password_not_text':
    case 'empty_username':
    case 'empty_password':
      return exitCodes.wrongUsage;
    case 'not_running':
      return exitCodes.notRunning;
    default:
      return exitCodes.failed;
  }
}

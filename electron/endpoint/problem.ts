import type { FailureCode } from '../contract/failures.ts';
import { problemWords } from '../contract/problem-words.ts';
import {
  problemStatus,
  type ProblemCode,
  type ProblemDetails,
  type ProblemReason,
} from '../contract/problems.ts';
import { contentAnswer, type Answer } from './answer.ts';

const bearerChallenge = 'Bearer realm="Token Tray"';

/** What one occurrence of a problem adds to its code. */
export interface Occurrence {
  /** Takes the place of the code's own sentence. Never holds a secret, nor what the request held. */
  readonly detail?: string | undefined;
  readonly state?: ProblemDetails['state'] | undefined;
  /** The failure behind the code, where one is known: an extension member (RFC 9457 §3.2). */
  readonly failure?: FailureCode | undefined;
  /** Of an `offline` problem. */
  readonly reason?: ProblemReason | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** The methods of this path, for 405. */
  readonly allow?: string | undefined;
}

/** A refusal as `application/problem+json` (RFC 9457). */
export function problemAnswer(code: ProblemCode, occurrence: Occurrence = {}): Answer {
  const { title, detail } = problemWords[code];
  const { state, failure, reason } = occurrence;
  const status = problemStatus[code];
  const body = {
    type: `urn:token-tray:problem:${code}`,
    title,
    status,
    code,
    detail: occurrence.detail ?? detail,
    ...(state !== undefined && { state }),
    ...(reason !== undefined && { reason }),
    ...(failure !== undefined && { failure }),
  } satisfies ProblemDetails & { failure?: FailureCode };
  return contentAnswer(
    status,
    'application/problem+json',
    JSON.stringify(body),
    problemHeaders(code, occurrence),
  );
}

function problemHeaders(code: ProblemCode, { retryAfterSeconds, allow }: Occurrence): readonly string[] {
  const headers: string[] = [];
  const status = problemStatus[code];
  // A wrong request ends its connection; one that only came at a wrong time may be sent again on it.
  if (status < 500 && status !== 429) headers.push('Connection', 'close');
  const challenge = challengeOf(code);
  if (challenge !== null) headers.push('WWW-Authenticate', challenge);
  if (allow !== undefined) headers.push('Allow', allow);
  if (retryAfterSeconds !== undefined) headers.push('Retry-After', String(wholeSeconds(retryAfterSeconds)));
  return headers;
}

/** RFC 6750 §3. No `error` on 401: it does not tell a missing key from a wrong one. */
function challengeOf(code: ProblemCode): string | null {
  if (code === 'bad_key') return bearerChallenge;
  return code === 'forbidden' ? `${bearerChallenge}, error="insufficient_scope"` : null;
}

// Retry-After has whole seconds (RFC 9110 §10.2.3); rounded up, so that nobody comes too early.
function wholeSeconds(seconds: number): number {
  return Math.max(1, Math.ceil(seconds));
}

/** The answer to a request that names an account which is not there. The name itself is not said back. */
export function unknownAccount(): Answer {
  return problemAnswer('not_found', {
    detail: 'There is no account of that name here. See token-tray status for those there are.',
  });
}

import { setTimeout as timer } from 'node:timers/promises';
import { failureText } from '../contract/failure-words.ts';
import type { ProblemCode } from '../contract/problems.ts';
import type { Result } from '../contract/result.ts';
import type { StatusAnswer } from '../contract/wire.ts';
import type { CallOptions } from './call-options.ts';
import { homeOf, request, withAccount, type Unreachable } from './connection.ts';
import type { Answer } from './http-exchange.ts';
import { parseProblem, tell } from './output.ts';

type Asked = Result<Answer, Unreachable>;

export interface WaitingParts {
  readonly ask: () => Promise<Asked>;
  /** How things stand, as a text that changes with them. It is looked at each second, and costs the session nothing. */
  readonly look: () => Promise<string>;
  /** Milliseconds, of a clock that never goes back. */
  readonly now?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  readonly say?: (text: string) => void;
}

/** What a person, or time, can mend. The rest is not worth waiting for. */
const passing: readonly ProblemCode[] = [
  'signed_out',
  'suspended',
  'locked',
  'not_saved',
  'paused',
  'offline',
  'budget_exhausted',
  'rate_limited',
  'service_error',
];

/**
 * Asks until there is a token, for so many seconds at most: again when the state has changed, when the time that
 * the endpoint named (`Retry-After`) is over, and one last time at the end. Says once what it waits for.
 */
export async function answerWithin(seconds: number, parts: WaitingParts): Promise<Asked> {
  const { ask, look, now = () => performance.now(), sleep = timer, say = tell } = parts;
  const end = now() + seconds * 1000;
  // Before asking: what changes meanwhile is seen at the next look.
  let seen = await look();
  let asked = await ask();
  if (reasonToWait(asked) !== null) say(`${reasonToWait(asked)}\nWaiting up to ${seconds} s for that.`);
  while (reasonToWait(asked) !== null && now() < end) {
    const due = Math.min(end, now() + (secondsNamed(asked) ?? seconds) * 1000);
    let standing = seen;
    while (standing === seen && now() < due) {
      await sleep(Math.min(1000, due - now()));
      standing = await look();
    }
    seen = standing;
    asked = await ask();
  }
  return asked;
}

/** Whether tools are served, and in which state, of the account that is meant. */
export async function lookAtStatus(options: CallOptions): Promise<string> {
  const asked = await request(homeOf(options), 'GET', withAccount('/v1/status', options));
  if (!asked.ok) return asked.failure.code;
  if (asked.value.status !== 200) return String(asked.value.status);
  const { account, state, paused_until: pausedUntil } = JSON.parse(asked.value.body) as StatusAnswer;
  return JSON.stringify([account, state, pausedUntil !== null]);
}

function reasonToWait(asked: Asked): string | null {
  if (!asked.ok) return failureText(asked.failure);
  const problem = asked.value.status === 200 ? null : parseProblem(asked.value.body);
  return problem !== null && passing.includes(problem.code) ? problem.detail : null;
}

function secondsNamed(asked: Asked): number | null {
  if (!asked.ok) return null;
  // An error of the service's own names no time, and may be over any moment.
  return asked.value.retryAfter ?? (asked.value.status === 502 ? 5 : null);
}

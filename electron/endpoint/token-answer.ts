import type { TokenRefusal } from '../contract/problems.ts';
import { refusalText } from '../contract/refusal-words.ts';
import type { SessionStateName } from '../contract/session-states.ts';
import type { TokenAnswer } from '../contract/wire.ts';
import type { AccessToken } from '../core/secret.ts';
import type { HeldToken } from '../core/token-reply.ts';
import { jsonAnswer, type Answer } from './answer.ts';
import { problemAnswer } from './problem.ts';

interface Written {
  readonly account: string;
  readonly expiresIn: number;
  readonly expiresAt: number;
  readonly answer: Answer;
}

/**
 * Writes a token's answer. The same token has the same answer for a whole second, so a busy second writes it
 * once; an answer is forgotten with its token.
 */
export function tokenAnswerWriter(): (token: HeldToken) => Answer {
  const lastWritten = new WeakMap<AccessToken, Written>();
  return (token) => {
    const expiresIn = wholeSecondsLeft(token.leftMs);
    const { account, accessToken, expiresAt } = token;
    const last = lastWritten.get(accessToken);
    if (last?.expiresIn === expiresIn && isSameTime(last.expiresAt, expiresAt) && last.account === account)
      return last.answer;
    const answer = jsonAnswer(bodyOf(token, expiresIn));
    lastWritten.set(accessToken, { account, expiresIn, expiresAt, answer });
    return answer;
  };
}

/** Why there is no token. `state`: the session's; `now`: epoch milliseconds. */
export function refusedAnswer(
  refusal: TokenRefusal,
  state: SessionStateName | undefined,
  now: number,
): Answer {
  return problemAnswer(refusal.code, {
    retryAfterSeconds: refusal.retryAfterSeconds,
    state,
    reason: refusal.reason,
    failure: refusal.failure?.code,
    detail: refusalText(refusal, now),
  });
}

/** Never 0: a good token is not over, though one that lives a single second has no whole one left. */
export function wholeSecondsLeft(leftMs: number): number {
  return Math.max(1, Math.floor(leftMs / 1000));
}

// The same end is reckoned anew at each request, from two clocks that round differently.
function isSameTime(one: number, other: number): boolean {
  return Math.abs(one - other) < 1000;
}

function bodyOf(token: HeldToken, expiresIn: number): TokenAnswer {
  return {
    access_token: token.accessToken.reveal(),
    token_type: 'Bearer',
    expires_in: expiresIn,
    expires_at: new Date(token.expiresAt).toISOString(),
    account: token.account,
  };
}

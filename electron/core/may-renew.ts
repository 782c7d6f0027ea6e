import type { ConnectionFailure, HoldReason } from '../contract/failures.ts';
import { problemReason, type TokenRefusal } from '../contract/problems.ts';
import type { BudgetAnswer } from './issuance-budget.ts';
import { waitLeftMs, type SessionState } from './session-state.ts';

/** Who wants the renewal: it decides what may hold it back. */
export type RenewalPurpose = 'tool' | 'timer' | 'rejected' | 'person';

export interface RenewalFacts {
  readonly state: SessionState;
  readonly purpose: RenewalPurpose;
  /** Milliseconds until the network may be trusted after waking. */
  readonly settlingMs: number;
  /** Milliseconds until the service's own “too many” is over. */
  readonly blockedMs: number;
  /** Milliseconds until a new token may be asked for though it cannot be recorded. */
  readonly unrecordedMs: number;
  readonly budget: BudgetAnswer;
  /** Epoch milliseconds. */
  readonly now: number;
}

export type RenewalAnswer =
  | { readonly kind: 'renew' }
  /** One is under way: wait for it. */
  | { readonly kind: 'join' }
  | { readonly kind: 'not_now'; readonly refusal: TokenRefusal };

/**
 * Whether the service may be asked for a new token now. The state speaks first, then waking, then the service's own
 * “too many”, then the ledger, then the budget: each with its own time, so that no cause is told as another.
 */
export function mayRenew(facts: RenewalFacts): RenewalAnswer {
  const { state, purpose, settlingMs, blockedMs, unrecordedMs, budget, now } = facts;
  switch (state.name) {
    case 'renewing':
      return { kind: 'join' };
    case 'signed_out':
    case 'signing_in':
    case 'needs_sign_in':
      return notNow({ code: 'signed_out' });
    case 'suspended':
      return notNow({ code: 'suspended' });
    case 'locked':
    case 'not_saved':
      return notNow({ code: state.name, failure: state.failure });
    case 'uncertain': {
      // Nobody shortens this wait: the answer to the same refresh token may still be on its way.
      const left = waitLeftMs(state.wait);
      if (left > 0)
        return notNow(state.failure ? unconnected(state.failure, left) : held('uncertain', left, now));
      break;
    }
    case 'offline': {
      const left = waitLeftMs(state.wait);
      if (left > 0 && purpose !== 'person') return notNow(unconnected(state.failure, left));
      break;
    }
    case 'active':
      break;
  }
  if (settlingMs > 0 && purpose !== 'person') return notNow(held('waking', settlingMs, now));
  if (blockedMs > 0) return notNow(notBefore('rate_limited', blockedMs));
  if (unrecordedMs > 0) return notNow(held('store', unrecordedMs, now));
  if (!budget.ok) return notNow(notBefore('budget_exhausted', budget.waitMs));
  return { kind: 'renew' };
}

function notNow(refusal: TokenRefusal): RenewalAnswer {
  return { kind: 'not_now', refusal };
}

/** No connection came about; the next may be tried in `waitMs`. */
export function unconnected(failure: ConnectionFailure, waitMs: number): TokenRefusal {
  return { ...notBefore('offline', waitMs), reason: problemReason(failure.reason), failure };
}

/** The service is not asked for `waitMs` more. `now`: epoch milliseconds. */
export function held(reason: HoldReason, waitMs: number, now: number): TokenRefusal {
  return {
    ...notBefore('offline', waitMs),
    reason,
    failure: { code: 'offline', reason, retryAt: now + waitMs },
  };
}

type Waiting = 'offline' | 'budget_exhausted' | 'rate_limited' | 'paused';

/** A refusal that names its wait: at least one whole second, so that nobody asks again at once. */
export function notBefore(code: Waiting, waitMs: number): TokenRefusal {
  return { code, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) };
}

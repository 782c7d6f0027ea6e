import type { TokenRefusal } from '../contract/problems.ts';
import type { BudgetAnswer } from './issuance-budget.ts';
import { waitLeftMs, type SessionState } from './session-state.ts';

/** Who wants the renewal: it decides what may hold it back. */
export type RenewalPurpose = 'tool' | 'timer' | 'rejected' | 'person';

export interface RenewalFacts {
  readonly state: SessionState;
  readonly purpose: RenewalPurpose;
  /** Milliseconds until the network may be trusted after waking. */
  readonly settlingMs: number;
  readonly budget: BudgetAnswer;
}

export type RenewalAnswer =
  | { readonly kind: 'renew' }
  /** One is under way: wait for it. */
  | { readonly kind: 'join' }
  | { readonly kind: 'not_now'; readonly refusal: TokenRefusal };

/** Whether the service may be asked for a new token now. The state speaks first, then waking, then the budget. */
export function mayRenew({ state, purpose, settlingMs, budget }: RenewalFacts): RenewalAnswer {
  switch (state.name) {
    case 'renewing':
      return { kind: 'join' };
    case 'signed_out':
    case 'signing_in':
    case 'needs_sign_in':
      return notNow('signed_out');
    case 'suspended':
      return notNow('suspended');
    case 'locked':
    case 'not_saved':
      return { kind: 'not_now', refusal: { code: state.name, failure: state.failure } };
    case 'uncertain': {
      // Nobody shortens this wait: the answer to the same refresh token may still be on its way.
      const left = waitLeftMs(state.wait);
      if (left > 0) return notBefore('offline', left);
      break;
    }
    case 'offline': {
      const left = waitLeftMs(state.wait);
      if (left > 0 && purpose !== 'person') return notBefore('offline', left);
      break;
    }
    case 'active':
      break;
  }
  if (settlingMs > 0 && purpose !== 'person') return notBefore('offline', settlingMs);
  if (!budget.ok) return notBefore('budget_exhausted', budget.waitMs);
  return { kind: 'renew' };
}

function notNow(code: 'signed_out' | 'suspended'): RenewalAnswer {
  return { kind: 'not_now', refusal: { code } };
}

function notBefore(code: Waiting, waitMs: number): RenewalAnswer {
  return { kind: 'not_now', refusal: refusalFor(code, waitMs) };
}

type Waiting = 'offline' | 'budget_exhausted' | 'paused';

/** A refusal that names its wait: at least one whole second, so that nobody asks again at once. */
export function refusalFor(code: Waiting, waitMs: number): TokenRefusal {
  return { code, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) };
}

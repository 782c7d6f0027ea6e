import type { LockedReason, UnwritableReason } from '../contract/failures.ts';
import type { ProblemReason, TokenRefusal } from '../contract/problems.ts';
import type { IssuanceCause, KeyStoreName, SessionStateName } from '../contract/session-states.ts';
import type { LoginForm } from '../contract/wire.ts';
import type { AccountIdentity } from './ports.ts';
import type { Hold } from './renewal.ts';
import type { AccessToken } from './secret.ts';

/** A token that is good at this moment. */
export interface HeldToken {
  readonly account: string;
  /** The base URL of the service that it is for. */
  readonly service: string;
  readonly accessToken: AccessToken;
  /** Milliseconds of life left, more than 0. */
  readonly leftMs: number;
  /** Epoch milliseconds by the wall clock. */
  readonly expiresAt: number;
}

/** What whoever asks for a token gets: a good one or a reason, never an expired one. */
export type TokenReply =
  | { readonly kind: 'token'; readonly token: HeldToken }
  | { readonly kind: 'refused'; readonly refusal: TokenRefusal }
  | { readonly kind: 'unknown_account' };

/** Where an account stands; never a secret. Times are epoch milliseconds. */
export interface SessionReport {
  readonly account: string | null;
  /** Null: the account is known by name alone, or there is none. */
  readonly identity: AccountIdentity | null;
  /** The kind of sign-in that it was last signed in by. */
  readonly form: LoginForm;
  readonly state: SessionStateName;
  readonly leftMs: number | null;
  readonly expiresAt: number | null;
  /** How long the token in hand lives from its arrival, in milliseconds; null: there is none. */
  readonly lifetimeMs: number | null;
  /** Whether a person has to sign in because what was stored can no longer be read. */
  readonly unreadable: boolean;
  /** Why the session is locked; null: it is not. */
  readonly lockedReason: LockedReason | null;
  /** Whether the stored session stays locked until the program starts again. */
  readonly restartUnlocks: boolean;
  /** Why the last answer is in memory only; null: it is saved. */
  readonly unsaved: UnwritableReason | null;
  readonly lastRenewal: { readonly at: number; readonly cause: IssuanceCause } | null;
  readonly nextRenewalAt: number | null;
  /** Why nothing is asked of the service for a tool now; null: it may be, or a person has to act. */
  readonly hold: Hold | null;
  /** Why the last renewal came to nothing; null: it did not, or a person has to act. */
  readonly cause: ProblemReason | null;
  /** When a token may be asked for though it cannot be recorded; null: now, or it can be. */
  readonly unrecordedUntil: number | null;
  /** When the service's own “too many” is over; null: it is. */
  readonly rateLimitedUntil: number | null;
  readonly budget: { readonly used: number; readonly limit: number; readonly nextAt: number | null };
  readonly accounts: readonly {
    readonly account: string;
    readonly state: SessionStateName;
    readonly default: boolean;
  }[];
  readonly keyStore: KeyStoreName;
  /** Null: tools are served. */
  readonly pausedUntil: number | null;
}

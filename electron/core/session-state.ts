import type { ConnectionFailure, SessionFailure } from '../contract/failures.ts';
import { problemReason, type ProblemReason } from '../contract/problems.ts';
import type { Elapsed } from './clock.ts';
import type { Grant } from './grant.ts';

/** A wait before the service is asked again: `forMs` milliseconds after `since`, for the `count`th time in a row. */
export interface Wait {
  readonly since: Elapsed;
  readonly forMs: number;
  readonly count: number;
}

type Saving = Extract<SessionFailure, { code: 'vault_locked' | 'vault_unwritable' }>;

export interface SignedOut {
  readonly name: 'signed_out';
}
export interface Active {
  readonly name: 'active';
  readonly grant: Grant;
}
/** The last answer was lost: whether the refresh token is spent, only the service knows. */
export interface Uncertain {
  readonly name: 'uncertain';
  readonly grant: Grant;
  /** `count`: the answers lost in a row. */
  readonly wait: Wait;
  /** The tries since then that never left, in a row. */
  readonly unsent: number;
  /** Why the last of those tries never left; null: the wait is that of the lost answer. */
  readonly failure: ConnectionFailure | null;
}
/** The last request never left; `count` of the wait: so many in a row. */
export interface Offline {
  readonly name: 'offline';
  readonly grant: Grant;
  readonly wait: Wait;
  readonly failure: ConnectionFailure;
}
export interface Renewing {
  readonly name: 'renewing';
  readonly grant: Grant;
  readonly from: Active | Uncertain | Offline;
}
/** `grant` null: the stored session cannot be read yet. Else: an answer that cannot be sealed yet. */
export interface Locked {
  readonly name: 'locked';
  readonly grant: Grant | null;
  readonly failure: Saving;
}
/** The service refused the refresh token, or what was stored can no longer be read. */
export interface NeedsSignIn {
  readonly name: 'needs_sign_in';
  readonly grant: Grant | null;
  readonly reason: 'refused' | 'unreadable';
}
export interface Suspended {
  readonly name: 'suspended';
  readonly grant: Grant | null;
}
/** The last answer lives in memory alone; until it is saved, nothing more is asked of the service. */
export interface NotSaved {
  readonly name: 'not_saved';
  readonly grant: Grant;
  readonly failure: Saving;
}
export interface SigningIn {
  readonly name: 'signing_in';
  readonly from: Resting;
}

/** A state that can be stayed in. */
export type Resting = SignedOut | Active | Uncertain | Offline | Locked | NeedsSignIn | Suspended | NotSaved;
export type SessionState = Resting | SigningIn | Renewing;

export type SessionEvent =
  | { readonly type: 'restored'; readonly state: Resting }
  | { readonly type: 'sign_in_started' }
  | { readonly type: 'sign_in_ended' }
  | { readonly type: 'sign_in_suspended' }
  | { readonly type: 'renewal_started' }
  | { readonly type: 'renewal_put_off' }
  | {
      readonly type: 'renewal_unsent';
      readonly since: Elapsed;
      readonly forMs: number;
      readonly failure: ConnectionFailure;
    }
  | { readonly type: 'renewal_lost'; readonly since: Elapsed; readonly forMs: number }
  | { readonly type: 'refused'; readonly reason: 'expired' | 'suspended' }
  | { readonly type: 'saved'; readonly grant: Grant }
  | { readonly type: 'not_saved'; readonly grant: Grant; readonly failure: Saving }
  | { readonly type: 'signed_out' };

/** The next state. An event that has no meaning in a state leaves it as it is: a late answer changes nothing. */
export function transition(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'restored':
      return event.state;
    case 'signed_out':
      return { name: 'signed_out' };
    case 'saved':
      return { name: 'active', grant: event.grant };
    case 'not_saved':
      return event.failure.code === 'vault_locked'
        ? { name: 'locked', grant: event.grant, failure: event.failure }
        : { name: 'not_saved', grant: event.grant, failure: event.failure };
    case 'sign_in_started':
      return state.name === 'signing_in' || state.name === 'renewing'
        ? state
        : { name: 'signing_in', from: state };
    case 'sign_in_ended':
      return state.name === 'signing_in' ? state.from : state;
    case 'sign_in_suspended':
      return state.name === 'signing_in' ? { name: 'suspended', grant: grantIn(state) } : state;
    case 'renewal_started':
      return state.name === 'active' || state.name === 'uncertain' || state.name === 'offline'
        ? { name: 'renewing', grant: state.grant, from: state }
        : state;
    case 'renewal_put_off':
      return state.name === 'renewing' ? state.from : state;
    case 'renewal_unsent':
      return state.name === 'renewing' ? afterUnsent(state.from, event) : state;
    case 'renewal_lost':
      return state.name === 'renewing'
        ? {
            name: 'uncertain',
            grant: state.grant,
            wait: { since: event.since, forMs: event.forMs, count: lossesIn(state.from) + 1 },
            unsent: 0,
            failure: null,
          }
        : state;
    case 'refused':
      if (state.name !== 'renewing') return state;
      return event.reason === 'suspended'
        ? { name: 'suspended', grant: state.grant }
        : { name: 'needs_sign_in', grant: state.grant, reason: 'refused' };
  }
}

/** A request that never left makes nothing uncertain, and nothing less so. */
function afterUnsent(
  from: Renewing['from'],
  { since, forMs, failure }: Extract<SessionEvent, { type: 'renewal_unsent' }>,
): Resting {
  return from.name === 'uncertain'
    ? { ...from, wait: { since, forMs, count: from.wait.count }, unsent: from.unsent + 1, failure }
    : { name: 'offline', grant: from.grant, wait: { since, forMs, count: unsentIn(from) + 1 }, failure };
}

/** The answers lost in a row up to this state. */
export function lossesIn(state: SessionState): number {
  return state.name === 'uncertain' ? state.wait.count : 0;
}

/** The requests that never left, in a row, up to this state. */
export function unsentIn(state: SessionState): number {
  if (state.name === 'offline') return state.wait.count;
  return state.name === 'uncertain' ? state.unsent : 0;
}

/** Why the last renewal came to nothing; null: it did not, or a person has to act. */
export function causeIn(state: SessionState): ProblemReason | null {
  if (state.name !== 'offline' && state.name !== 'uncertain') return null;
  return state.failure ? problemReason(state.failure.reason) : 'uncertain';
}

/** The tokens that a state holds; null: none. */
export function grantIn(state: SessionState): Grant | null {
  switch (state.name) {
    case 'signed_out':
      return null;
    case 'signing_in':
      return grantIn(state.from);
    default:
      return state.grant;
  }
}

/** Whether the service has suspended the account: a sign-in under way changes nothing of it until it succeeds. */
export function isSuspended(state: SessionState): boolean {
  return (state.name === 'signing_in' ? state.from : state).name === 'suspended';
}

/** Whether the last answer of the service is in memory alone. */
export function isUnsaved(state: SessionState): boolean {
  return state.name === 'not_saved' || (state.name === 'locked' && state.grant !== null);
}

/** Whether a person said no at the key store's prompt: nothing may bring it up again but a person's own command. */
export function isDenied(failure: Saving): boolean {
  return failure.code === 'vault_locked' && failure.reason === 'key_store_denied';
}

/** Milliseconds of a wait that are left; 0: it is over. */
export function waitLeftMs(wait: Wait): number {
  return Math.max(wait.forMs - wait.since.ms(), 0);
}

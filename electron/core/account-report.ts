import type { LockedReason, UnwritableReason } from '../contract/failures.ts';
import type { KeyStoreName } from '../contract/session-states.ts';
import type { Session } from './session.ts';
import { causeIn, type SessionState } from './session-state.ts';
import type { SessionReport } from './token-reply.ts';

export interface ReportParts {
  readonly account: string | null;
  /** Null: the account is known by name alone, signed out. */
  readonly session: Session | null;
  readonly all: readonly Session[];
  readonly defaultAccount: string | null;
  /** What is spent by the ledger alone, for an account without a session. */
  readonly spent: Pick<SessionReport, 'budget' | 'rateLimitedUntil'>;
  readonly keyStore: KeyStoreName;
  readonly pausedUntil: number | null;
}

/** Where an account stands, with the list of all. */
export function accountReport(parts: ReportParts): SessionReport {
  const { account, session, all, defaultAccount, spent, keyStore, pausedUntil } = parts;
  const grant = session?.grant() ?? null;
  const held = session?.handOut.held() ?? null;
  const lockedReason = session ? lockedReasonOf(session.state) : null;
  const accounts = all.map((one) => ({
    account: one.account,
    state: one.state.name,
    default: one.account === defaultAccount,
  }));
  if (defaultAccount !== null && !accounts.some((one) => one.default)) {
    accounts.unshift({ account: defaultAccount, state: 'signed_out', default: true });
  }
  return {
    account,
    identity: session?.identity ?? null,
    form: session?.form ?? 'basic',
    state: session?.state.name ?? 'signed_out',
    leftMs: held?.leftMs ?? null,
    expiresAt: held?.expiresAt ?? null,
    lifetimeMs: grant?.lifetimeMs ?? null,
    unreadable: session?.state.name === 'needs_sign_in' && session.state.reason === 'unreadable',
    lockedReason,
    restartUnlocks: lockedReason === 'key_store_restart',
    unsaved: session ? unsavedReason(session.state) : null,
    lastRenewal: grant && { at: grant.arrivedAt, cause: grant.cause },
    nextRenewalAt: session?.nextRenewalAt() ?? null,
    hold: session?.hold() ?? null,
    cause: session ? causeIn(session.state) : null,
    unrecordedUntil: session?.unrecordedUntil() ?? null,
    rateLimitedUntil: session ? session.rateLimitedUntil() : spent.rateLimitedUntil,
    budget: session?.budget() ?? spent.budget,
    accounts,
    keyStore,
    pausedUntil,
  };
}

function lockedReasonOf(state: SessionState): LockedReason | null {
  return state.name === 'locked' && state.failure.code === 'vault_locked' ? state.failure.reason : null;
}

function unsavedReason(state: SessionState): UnwritableReason | null {
  return state.name === 'not_saved' && state.failure.code === 'vault_unwritable'
    ? state.failure.reason
    : null;
}

import type { TokenRefusal } from '../contract/problems.ts';
import type { SessionStateName } from '../contract/session-states.ts';
import type { AccountDirectory } from './account-directory.ts';
import type { Prospect } from './hand-out.ts';
import { notBefore } from './may-renew.ts';
import type { Pause } from './pause.ts';
import { minute } from './renewal-timing.ts';
import type { Session } from './session.ts';
import type { SessionState } from './session-state.ts';

/** What a tool would get now, found out without asking the service, counting a request or keeping a token fresh. */
export interface Outlook {
  /** The default account first; without any account, one entry for it. */
  readonly accounts: readonly AccountOutlook[];
}

/**
 * `token`: the one in hand; `refusal` then says why no new one follows it, null: one does. `renewal`: a new one, if
 * the service gives it. `nothing`: `refusal` says why.
 */
export interface AccountOutlook {
  readonly account: string | null;
  readonly default: boolean;
  readonly state: SessionStateName;
  readonly gives: 'token' | 'renewal' | 'nothing';
  /** When the token in hand expires, in epoch milliseconds; null: there is none to give. */
  readonly expiresAt: number | null;
  readonly refusal: TokenRefusal | null;
}

export interface OutlookParts {
  readonly directory: AccountDirectory;
  readonly pause: Pause;
}

/** What tools ask for unless they name another `min_ttl`. */
const usualMinTtlMs = minute;

export function outlook({ directory, pause }: OutlookParts): Outlook {
  const defaultAccount = directory.defaultAccount();
  const sessions = directory.listed().toSorted((one, other) => rank(one) - rank(other));
  function rank({ account }: Session): number {
    return account === defaultAccount ? 0 : 1;
  }
  const pausedMs = pause.leftMs();
  const paused = pausedMs > 0 ? notBefore('paused', pausedMs) : null;
  const accounts = sessions.map((session): AccountOutlook => {
    const { account, state } = session;
    const found = paused ? nothing(paused) : sessionOutlook(state, session.handOut.prospect(usualMinTtlMs));
    return { account, default: account === defaultAccount, state: state.name, ...found };
  });
  if (!accounts.some((one) => one.default)) {
    const found = nothing(paused ?? { code: 'signed_out' });
    accounts.unshift({ account: defaultAccount, default: true, state: 'signed_out', ...found });
  }
  return { accounts };
}

type Found = Pick<AccountOutlook, 'gives' | 'expiresAt' | 'refusal'>;

function sessionOutlook(state: SessionState, { held, longEnough, renewal }: Prospect): Found {
  const expiresAt = held?.expiresAt ?? null;
  const refusal = renewal.kind === 'not_now' ? renewal.refusal : null;
  // A healthy session's spent budget is no trouble before the token in hand is nearly over.
  const healthy = state.name === 'active' || state.name === 'renewing' || state.name === 'signing_in';
  if (held && longEnough) return { gives: 'token', expiresAt, refusal: healthy ? null : refusal };
  if (refusal === null) return { gives: 'renewal', expiresAt, refusal };
  return held ? { gives: 'token', expiresAt, refusal } : nothing(refusal);
}

function nothing(refusal: TokenRefusal): Found {
  return { gives: 'nothing', expiresAt: null, refusal };
}

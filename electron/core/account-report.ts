import type { KeyStoreName } from '../contract/session-states.ts';
import type { Session } from './session.ts';
import type { SessionReport } from './token-reply.ts';

/** Where an account stands, with the list of all; `session` null: it is known by name alone, signed out. */
export function accountReport(
  account: string | null,
  session: Session | null,
  all: readonly Session[],
  defaultAccount: string | null,
  keyStore: KeyStoreName,
): SessionReport {
  const grant = session?.grant() ?? null;
  const held = session?.held() ?? null;
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
    state: session?.state.name ?? 'signed_out',
    leftMs: held?.leftMs ?? null,
    expiresAt: held?.expiresAt ?? null,
    lastRenewal: grant && { at: grant.arrivedAt, cause: grant.cause },
    nextRenewalAt: session?.nextRenewalAt() ?? null,
    budget: session?.budget() ?? { used: 0, limit: 60, nextAt: null },
    accounts,
    keyStore,
  };
}

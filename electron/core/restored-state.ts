import { Elapsed, type Clock } from './clock.ts';
import { storedGrant, type Grant } from './grant.ts';
import type { LedgerEntry } from './ledger.ts';
import type { VaultRecord } from './ports.ts';
import { waitAfterLossMs } from './renewal-timing.ts';
import type { Resting } from './session-state.ts';

/**
 * The state that a stored record and the ledger's memory of it add up to. `entries`: those of this account under
 * this vault's protection, oldest first.
 *
 * The rules are: what was refused stays refused. A refresh token that was sent and whose answer is not in the
 * vault may be spent (we died, or an older vault was put back): it is tried once more, when needed, and not at once.
 */
export function restoredState(stored: VaultRecord, entries: readonly LedgerEntry[], clock: Clock): Resting {
  const { record, generation, unreadable } = stored;
  const grant = record.tokens && storedGrant(record.tokens, clock);
  if (record.refusal === 'suspended') return { name: 'suspended', grant };
  if (record.refusal === 'expired') return { name: 'needs_sign_in', grant, reason: 'refused' };
  if (unreadable || !grant) return { name: 'needs_sign_in', grant, reason: 'unreadable' };

  // A generation newer than an intent's settles it: its answer was saved. Numbers start again with a sign-in.
  const unsettled = sinceSignIn(entries, generation).filter(
    ({ intent }) => intent.request === 'refresh' && intent.generation >= generation,
  );
  const refusal = unsettled.findLast(({ outcome }) => outcome?.result.kind === 'refused')?.outcome?.result;
  if (refusal?.kind === 'refused') {
    return refusal.reason === 'suspended'
      ? { name: 'suspended', grant }
      : { name: 'needs_sign_in', grant, reason: 'refused' };
  }
  const unanswered = unsettled.filter(({ outcome }) => {
    const kind = outcome?.result.kind ?? 'lost';
    return kind === 'lost' || kind === 'issued';
  });
  const last = unanswered.at(-1);
  if (!last) return { name: 'active', grant };
  const losses = unanswered.filter(({ intent }) => intent.generation === last.intent.generation).length;
  return uncertainSince(last, losses, grant, clock);
}

/** What came after the sign-in that the stored session began with. */
function sinceSignIn(entries: readonly LedgerEntry[], generation: number): readonly LedgerEntry[] {
  const signIn = entries.findLastIndex(
    ({ intent, outcome }) =>
      intent.request === 'login' &&
      intent.generation < generation &&
      (outcome === null || outcome.result.kind === 'issued'),
  );
  return entries.slice(signIn + 1);
}

function uncertainSince(
  { intent, outcome }: LedgerEntry,
  count: number,
  grant: Grant,
  clock: Clock,
): Resting {
  const since = Elapsed.since(clock, outcome?.at ?? intent.at, 0);
  return {
    name: 'uncertain',
    grant,
    wait: { since, forMs: waitAfterLossMs(count, grant.lifetimeMs), count },
    unsent: 0,
    failure: null,
  };
}

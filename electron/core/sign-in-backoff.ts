import { Elapsed, type Clock } from './clock.ts';
import type { LedgerEntry } from './ledger.ts';
import type { ServiceReply } from './ports.ts';
import { minute } from './renewal-timing.ts';

const freeRefusals = 3;
const firstWaitMs = 5_000;
const longestWaitMs = 15 * minute;

/**
 * The wait between sign-ins that the service refuses, for one account and everyone who types: three refusals in a
 * row are free, then 5 s, doubling to 15 min. A success ends it. Refusals cost no budget, so without this wait a
 * script could send wrong passwords without a limit.
 */
export class SignInBackoff {
  readonly #clock: Clock;
  #refusals = 0;
  #last: Elapsed | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes the ledger's entries of this account, oldest first. */
  recall(entries: readonly LedgerEntry[]): void {
    for (const { intent, outcome } of entries) {
      if (intent.request !== 'login' || !outcome) continue;
      this.#count(outcome.result.kind, () => Elapsed.since(this.#clock, outcome.at, 0));
    }
  }

  /** Counts the answer to a sign-in. One that was lost or never sent changes nothing. */
  answered({ kind }: ServiceReply): void {
    this.#count(kind, () => Elapsed.fromNow(this.#clock));
  }

  /** Milliseconds until the next sign-in may be sent; 0: now. */
  waitMs(): number {
    if (this.#last === null || this.#refusals < freeRefusals) return 0;
    const waitMs = Math.min(firstWaitMs * 2 ** (this.#refusals - freeRefusals), longestWaitMs);
    return Math.max(waitMs - this.#last.ms(), 0);
  }

  #count(kind: ServiceReply['kind'], elapsed: () => Elapsed): void {
    if (kind === 'issued') this.#refusals = 0;
    if (kind !== 'refused') return;
    this.#refusals += 1;
    this.#last = elapsed();
  }
}

import { Elapsed, type Clock } from './clock.ts';
import type { LedgerEntry } from './ledger.ts';
import { hour, minute, usualLifetimeMs } from './renewal-timing.ts';

const bucketSize = 3;
const day = 24 * hour;
/** How many tokens a person may get beyond the budget in 24 hours. */
const mostBeyond = 10;

export type BudgetAnswer = { readonly ok: true } | { readonly ok: false; readonly waitMs: number };

export interface BudgetReport {
  /** Tokens that the service may have made in the last 24 hours. */
  readonly used: number;
  readonly limit: number;
  /** Milliseconds until the next one is possible; 0: now. */
  readonly waitMs: number;
}

/**
 * How many new tokens may be asked of the service for one account: what keeps it from being suspended. A bucket
 * of three refills slowly, and a day has its limit, whose second half is kept for tokens that are nearly over.
 * It counts whatever the service may have turned into a token, and remembers its own "too many".
 */
export class IssuanceBudget {
  readonly #clock: Clock;
  readonly #onLoopback: boolean;
  /** Each countable request by its id, oldest first. `beyond`: a person made it when the budget was spent. */
  readonly #spent = new Map<string, { readonly age: Elapsed; readonly beyond: boolean }>();
  /** The lifetime of the last token, for an account that has none in hand. */
  #lastLifetimeMs: number | null = null;
  #blocked: { readonly since: Elapsed; readonly forMs: number } | null = null;
  /** The ledger cannot be relied on: a token an hour is all that is dared. */
  #withoutLedger = false;
  #historyKnown = true;

  constructor(clock: Clock, onLoopback: boolean) {
    this.#clock = clock;
    this.#onLoopback = onLoopback;
  }

  /** Takes the ledger's memory of this account, oldest first. */
  recall(entries: readonly LedgerEntry[]): void {
    for (const { intent, outcome } of entries) {
      const result = outcome?.result ?? { kind: 'lost' };
      if (result.kind === 'issued' || result.kind === 'lost') {
        const age = Elapsed.since(this.#clock, intent.at, 0);
        this.#spent.set(intent.id, { age, beyond: intent.beyondBudget });
      }
      if (result.kind === 'issued') this.#lastLifetimeMs = result.lifetimeMs;
      if (outcome && result.kind === 'too_many') {
        this.#block(Elapsed.since(this.#clock, outcome.at, 0), result.retryAfterMs);
      }
    }
  }

  /** Counts a request from the moment that it may leave. `beyond`: a person made it when the budget was spent. */
  spend(id: string, { beyond = false } = {}): void {
    this.#forget();
    this.#spent.set(id, { age: Elapsed.fromNow(this.#clock), beyond });
  }

  /** Remembers the lifetime of a new token, in milliseconds. */
  issued(lifetimeMs: number): void {
    this.#lastLifetimeMs = lifetimeMs;
  }

  /** Gives back what turned out to have made no token: never sent, or refused. */
  giveBack(id: string): void {
    this.#spent.delete(id);
  }

  /** The service said "too many": nobody asks before that time is over, a person included. */
  block(forMs: number): void {
    this.#block(Elapsed.fromNow(this.#clock), forMs);
  }

  /** Milliseconds until the service's own "too many" is over; 0: it is. */
  blockedMs(): number {
    return this.#blocked ? Math.max(this.#blocked.forMs - this.#blocked.since.ms(), 0) : 0;
  }

  /** Milliseconds until one more may be asked for without a ledger that can be relied on; 0: now. */
  unrecordedMs(): number {
    return this.#withoutLedger || !this.#historyKnown ? Math.max(hour - this.#sinceLastMs(), 0) : 0;
  }

  /** Whether the ledger took the last line. */
  relyOnLedger(reliable: boolean): void {
    this.#withoutLedger = !reliable;
  }

  /** What was asked before is not known: an hour has to pass first, and a token an hour is all until the next start. */
  distrustHistory(): void {
    this.#historyKnown = false;
    this.spend('before this start');
  }

  /**
   * Whether the limits allow one more now. `inNeed`: the token in hand is nearly over, which opens the second
   * half of the day's limit. `lifetimeMs` is that of the token in hand; null: there is none.
   */
  ask(inNeed: boolean, lifetimeMs: number | null): BudgetAnswer {
    const waitMs = Math.max(this.#bucketWaitMs(lifetimeMs), this.#dayWaitMs(inNeed, lifetimeMs));
    return waitMs > 0 ? { ok: false, waitMs } : { ok: true };
  }

  /**
   * The same for a person who signs in or insists: beyond the budget ten more in 24 hours. A program that pretends
   * to be a person gets no further than that.
   */
  askAsPerson(lifetimeMs: number | null): BudgetAnswer {
    const waitMs = this.#waitMs(lifetimeMs);
    const beyond = this.#agesOfToday(({ beyond }) => beyond);
    const leaving = beyond[beyond.length - mostBeyond];
    if (waitMs === 0 || leaving === undefined) return { ok: true };
    return { ok: false, waitMs: Math.min(waitMs, day - leaving) };
  }

  /** Whether a token that a person asks for now is one beyond the budget. */
  isBeyond(lifetimeMs: number | null): boolean {
    return this.#waitMs(lifetimeMs) > 0;
  }

  /** Milliseconds until one more may be asked for by the limits and by the ledger. */
  #waitMs(lifetimeMs: number | null): number {
    const answer = this.ask(true, lifetimeMs);
    return Math.max(answer.ok ? 0 : answer.waitMs, this.unrecordedMs());
  }

  report(lifetimeMs: number | null): BudgetReport {
    const answer = this.ask(true, lifetimeMs);
    return {
      used: this.#agesOfToday().length,
      limit: this.#limit(lifetimeMs),
      waitMs: answer.ok ? 0 : answer.waitMs,
    };
  }

  #block(since: Elapsed, forMs: number): void {
    if (forMs - since.ms() > this.blockedMs()) this.#blocked = { since, forMs };
  }

  #limit(lifetimeMs: number | null): number {
    return Math.max(60, Math.floor((1.75 * day) / this.#countedLifetime(lifetimeMs)));
  }

  /** A service that claims very short lifetimes does not talk the limit up; a test service on loopback may. */
  #countedLifetime(lifetimeMs: number | null): number {
    const lifetime = lifetimeMs ?? this.#lastLifetimeMs ?? usualLifetimeMs;
    return this.#onLoopback ? lifetime : Math.max(lifetime, 5 * minute);
  }

  #bucketWaitMs(lifetimeMs: number | null): number {
    const refillMs = Math.min(10 * minute, this.#countedLifetime(lifetimeMs) / 4);
    let level = bucketSize;
    let previousAge = Infinity;
    for (const age of this.#agesOfToday()) {
      level = Math.min(bucketSize, level + (previousAge - age) / refillMs);
      // What a person's sign-in takes from an empty bucket is not owed afterwards.
      level = Math.max(level - 1, 0);
      previousAge = age;
    }
    level = Math.min(bucketSize, level + previousAge / refillMs);
    return level >= 1 ? 0 : (1 - level) * refillMs;
  }

  #dayWaitMs(inNeed: boolean, lifetimeMs: number | null): number {
    const limit = inNeed ? this.#limit(lifetimeMs) : Math.floor(this.#limit(lifetimeMs) / 2);
    const ages = this.#agesOfToday();
    // The request whose leaving the day makes room for one more.
    const leaving = ages[ages.length - limit];
    return leaving === undefined ? 0 : day - leaving;
  }

  #sinceLastMs(): number {
    return this.#agesOfToday().at(-1) ?? Infinity;
  }

  /** Ages in milliseconds, oldest first. */
  #agesOfToday(counts: (one: { readonly beyond: boolean }) => boolean = () => true): number[] {
    return [...this.#spent.values()]
      .filter(counts)
      .map(({ age }) => age.ms())
      .filter((age) => age < day)
      .sort((one, other) => other - one);
  }

  #forget(): void {
    for (const [id, { age }] of this.#spent) if (age.ms() >= day) this.#spent.delete(id);
  }
}

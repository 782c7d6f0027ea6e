/** The service's figures, as `GET /__control/stats` answers them. All are counts. */
export interface Stats {
  /** Logins that tokens were generated for, also where the answer was then dropped. */
  readonly logins: number;
  /** Refreshes that tokens were found for, also where the answer was then dropped, or the pair was an earlier one (grace). */
  readonly refreshes: number;
  /** Login requests refused for whatever reason; one that a fault answered was not looked at and is not counted. */
  readonly rejectedLogins: number;
  /** As `rejectedLogins`, for refreshes. */
  readonly rejectedRefreshes: number;
  /** Accounts that are suspended now. */
  readonly suspended: number;
  /** The most login and refresh requests that were in progress at once, a fault's delay included. */
  readonly concurrentPeak: number;
}

type Outcome = 'logins' | 'refreshes' | 'rejectedLogins' | 'rejectedRefreshes';

const none = { logins: 0, refreshes: 0, rejectedLogins: 0, rejectedRefreshes: 0 };

/** Counts what the service did and what reached it. */
export class Figures {
  #outcomes: Record<Outcome, number> = { ...none };
  readonly #received = new Map<string, number>();
  #inProgress = 0;
  #concurrentPeak = 0;

  count(outcome: Outcome): void {
    this.#outcomes[outcome] += 1;
  }

  countReceived(path: string): void {
    this.#received.set(path, this.received(path) + 1);
  }

  /** @returns how many requests for exactly that path have reached the service, whatever became of them */
  received(path: string): number {
    return this.#received.get(path) ?? 0;
  }

  /** Does `work` as a login or refresh in progress. */
  async inProgress(work: () => Promise<void>): Promise<void> {
    this.#inProgress += 1;
    this.#concurrentPeak = Math.max(this.#concurrentPeak, this.#inProgress);
    try {
      await work();
    } finally {
      this.#inProgress -= 1;
    }
  }

  stats(suspended: number): Stats {
    return { ...this.#outcomes, suspended, concurrentPeak: this.#concurrentPeak };
  }

  reset(): void {
    this.#outcomes = { ...none };
    this.#received.clear();
    // A request that is still held by a delay is in progress after the reset as well.
    this.#concurrentPeak = this.#inProgress;
  }
}

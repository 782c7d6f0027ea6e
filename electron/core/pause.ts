import { Elapsed, type Clock } from './clock.ts';
import type { Settings } from './ports.ts';
import { hour } from './renewal-timing.ts';

const longestMs = 24 * hour;

/** Tools get nothing for a while, because a person said so. It outlives a restart, and is over by itself. */
export class Pause {
  readonly #settings: Settings;
  readonly #clock: Clock;
  #running: { readonly since: Elapsed; readonly forMs: number } | null = null;

  constructor(settings: Settings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
    const stored = settings.get('pausedUntil');
    if (stored !== null) this.#run(stored - clock.wallNow());
  }

  /** Begins a pause, or sets another end to the one that runs; at most a day. `false`: it could not be saved. */
  begin(forMs: number): boolean {
    this.#run(forMs);
    return this.#settings.set('pausedUntil', this.until());
  }

  /** `false`: it could not be saved. */
  end(): boolean {
    this.#running = null;
    return this.#settings.set('pausedUntil', null);
  }

  /** Milliseconds left; 0: tools are served. Asked at every request. */
  leftMs(): number {
    if (this.#running === null) return 0;
    const left = this.#running.forMs - this.#running.since.ms();
    if (left > 0) return left;
    this.#running = null;
    return 0;
  }

  /** Epoch milliseconds; null: tools are served. */
  until(): number | null {
    const left = this.leftMs();
    return left > 0 ? this.#clock.wallNow() + left : null;
  }

  // A stored end that lies further off than a pause can last comes from a clock that was wrong.
  #run(forMs: number): void {
    this.#running =
      forMs > 0 ? { since: Elapsed.fromNow(this.#clock), forMs: Math.min(forMs, longestMs) } : null;
  }
}

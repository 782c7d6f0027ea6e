import { Elapsed, type Clock } from './clock.ts';
import { second, settleAfterWakeMs } from './renewal-timing.ts';

/** How much longer than expected a look may lie back before it is taken for sleep. */
const sleepToleranceMs = 30 * second;

/**
 * Knows when the computer woke: by the operating system's word (`woke`), and by looking whether more time went by
 * than the timer was to take, which needs no word from anybody.
 */
export class WakeWatch {
  readonly #clock: Clock;
  #sinceWake: Elapsed | null = null;
  #lastWall: number;
  #lastMonotonic: number;
  #expectedMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lastWall = clock.wallNow();
    this.#lastMonotonic = clock.monotonicNow();
  }

  /** Says in how many milliseconds the next look will be at the latest, if the computer stays awake. */
  expectLookWithin(expectedMs: number): void {
    this.#expectedMs = expectedMs;
  }

  /** Looks at both clocks: on each tick, and before each POST. */
  look(): void {
    const wall = this.#clock.wallNow();
    const monotonic = this.#clock.monotonicNow();
    const gone = Math.max(wall - this.#lastWall, monotonic - this.#lastMonotonic);
    if (gone > this.#expectedMs + sleepToleranceMs) this.woke();
    this.#lastWall = wall;
    this.#lastMonotonic = monotonic;
  }

  woke(): void {
    this.#sinceWake = Elapsed.fromNow(this.#clock);
  }

  /** Milliseconds until the network may be trusted again; 0: it may. */
  settlingMs(): number {
    return this.#sinceWake ? Math.max(settleAfterWakeMs - this.#sinceWake.ms(), 0) : 0;
  }
}

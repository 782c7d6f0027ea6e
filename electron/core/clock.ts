/** All of core's time comes from here. Both readings are in milliseconds. */
export interface Clock {
  /** Epoch milliseconds by the wall clock: what a person sees; it may be wrong, and it may jump. */
  wallNow(): number;
  /** Milliseconds from an arbitrary start that never run backwards; on Linux they stand still in sleep. */
  monotonicNow(): number;
  /** Calls `work` once after `delayMs`. The returned function cancels it; calling it late does no harm. */
  schedule(delayMs: number, work: () => void): () => void;
}

/** A source of randomness in [0, 1). */
export type Random = () => number;

/** The longest delay that a timer takes; more fires at once (setTimeout's 2^31 - 1 ms). */
const longestDelayMs = 2_147_483_647;

/** A delay that a timer can be trusted with: NaN and negative numbers become 0. */
export function safeDelayMs(delayMs: number): number {
  return Number.isNaN(delayMs) ? 0 : Math.min(Math.max(delayMs, 0), longestDelayMs);
}

/** The moment in `waitMs` from now, in epoch milliseconds; null where there is nothing to wait for. */
export function endOfWait(waitMs: number, clock: Pick<Clock, 'wallNow'>): number | null {
  return waitMs > 0 ? clock.wallNow() + waitMs : null;
}

/**
 * The time since a moment, by whichever clock ran further: the monotonic one stands still while a computer
 * sleeps, the wall clock jumps; a jump ahead costs one renewal at most, a jump back costs nothing.
 */
export class Elapsed {
  readonly #clock: Clock;
  readonly #wallStart: number;
  readonly #monotonicStart: number;
  readonly #ageAtStartMs: number;
  readonly #wallCounts: boolean;

  private constructor(clock: Clock, ageAtStartMs: number, wallCounts: boolean) {
    this.#clock = clock;
    this.#wallStart = clock.wallNow();
    this.#monotonicStart = clock.monotonicNow();
    this.#ageAtStartMs = ageAtStartMs;
    this.#wallCounts = wallCounts;
  }

  /** Counts from now. */
  static fromNow(clock: Clock): Elapsed {
    return new Elapsed(clock, 0, true);
  }

  /**
   * Counts from a stored moment (epoch milliseconds). A moment that lies ahead of the clock says nothing about
   * its age: `whenAhead` is taken for it (milliseconds; Infinity for what must then count as long over), and
   * from there the monotonic clock alone counts, because the wall clock has just shown that it cannot be trusted.
   */
  static since(clock: Clock, storedWallMs: number, whenAhead: number): Elapsed {
    const age = clock.wallNow() - storedWallMs;
    return age >= 0 ? new Elapsed(clock, age, true) : new Elapsed(clock, whenAhead, false);
  }

  ms(): number {
    const wall = this.#wallCounts ? this.#clock.wallNow() - this.#wallStart : 0;
    const monotonic = this.#clock.monotonicNow() - this.#monotonicStart;
    return this.#ageAtStartMs + Math.max(wall, monotonic, 0);
  }
}

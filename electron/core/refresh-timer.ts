import { safeDelayMs, type Clock } from './clock.ts';
import { second } from './renewal-timing.ts';
import type { WakeWatch } from './wake-watch.ts';

/** However far off the next work is, the clocks are looked at this often: sleep may have passed without a word. */
const longestTickMs = 15 * second;
/** What is due and may not be done yet (a spent budget, say) is not asked for in a tight loop. */
const shortestTickMs = second;

export interface TimedWork {
  /** Milliseconds until there is something to do; Infinity: nothing. */
  dueInMs(): number;
  /** Does what is due. */
  tick(): void;
}

/** The one owner of the one timer: it cancels before it schedules. */
export class RefreshTimer {
  readonly #clock: Clock;
  readonly #wake: WakeWatch;
  readonly #work: TimedWork;
  #cancel: (() => void) | null = null;
  #running = false;

  constructor(clock: Clock, wake: WakeWatch, work: TimedWork) {
    this.#clock = clock;
    this.#wake = wake;
    this.#work = work;
  }

  start(): void {
    this.#running = true;
    this.replan();
  }

  stop(): void {
    this.#running = false;
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Plans anew: after each change of what is due. */
  replan(): void {
    if (!this.#running) return;
    this.#cancel?.();
    this.#wake.look();
    const delayMs = safeDelayMs(Math.min(Math.max(this.#work.dueInMs(), shortestTickMs), longestTickMs));
    this.#wake.expectLookWithin(delayMs);
    this.#cancel = this.#clock.schedule(delayMs, () => {
      this.#wake.look();
      this.#work.tick();
      this.replan();
    });
  }
}

import { Elapsed, type Clock } from './clock.ts';
import type { Settings } from './ports.ts';
import { hour, minute } from './renewal-timing.ts';

const longestMs = 24 * hour;
/** Nobody knows when a screen is unlocked; whoever asks meanwhile may ask again after this. */
const screenLockMs = minute;

/** Tools get nothing for a while, because a person said so. It outlives a restart, and is over by itself. */
export class Pause {
  readonly #settings: Settings;
  readonly #clock: Clock;
  readonly #changed: () => void;
  #running: { readonly since: Elapsed; readonly forMs: number } | null = null;
  #screenLocked = false;

  /** `changed`: called when a pause begins or is ended; one that runs out says nothing. */
  constructor(settings: Settings, clock: Clock, changed: () => void) {
    this.#settings = settings;
    this.#clock = clock;
    this.#changed = changed;
    const stored = settings.get('pausedUntil');
    if (stored === null) return;
    this.#run(stored - clock.wallNow());
    if (this.#running === null) this.#over();
  }

  /** Begins a pause, or sets another end to the one that runs; at most a day. `false`: it could not be saved. */
  async begin(forMs: number): Promise<boolean> {
    this.#run(forMs);
    const saved = this.#settings.set('pausedUntil', this.#runningUntil());
    this.#changed();
    return await saved;
  }

  /** `false`: it could not be saved. */
  async end(): Promise<boolean> {
    this.#running = null;
    const saved = this.#settings.set('pausedUntil', null);
    this.#changed();
    return await saved;
  }

  /** The screen was locked or unlocked: with `pauseOnScreenLock`, tools get nothing in between. */
  screenLocked(locked: boolean): void {
    this.#screenLocked = locked;
    this.#changed();
  }

  /** Milliseconds left; 0: tools are served. Asked at every request. */
  leftMs(): number {
    const left = this.#running === null ? 0 : this.#runningMs(this.#running);
    return this.#screenLocked && this.#settings.get('pauseOnScreenLock')
      ? Math.max(left, screenLockMs)
      : left;
  }

  /** Epoch milliseconds; null: tools are served. */
  until(): number | null {
    const left = this.leftMs();
    return left > 0 ? this.#clock.wallNow() + left : null;
  }

  #runningMs({ forMs, since }: { readonly since: Elapsed; readonly forMs: number }): number {
    const left = forMs - since.ms();
    if (left > 0) return left;
    this.#over();
    return 0;
  }

  /** Forgotten in the settings too: a clock that is set back must not bring it again at the next start. */
  #over(): void {
    this.#running = null;
    void this.#settings.set('pausedUntil', null);
  }

  /** Whole, as it is kept: of the monotonic clock's fractions none is given away. */
  #runningUntil(): number | null {
    return this.#running && this.#clock.wallNow() + Math.ceil(this.#runningMs(this.#running));
  }

  // A stored end that lies further off than a pause can last comes from a clock that was wrong.
  #run(forMs: number): void {
    this.#running =
      forMs > 0 ? { since: Elapsed.fromNow(this.#clock), forMs: Math.min(forMs, longestMs) } : null;
  }
}

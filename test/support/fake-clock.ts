import type { Clock } from '../../electron/core/clock.ts';

interface Alarm {
  readonly at: number;
  readonly work: () => void;
}

/** A clock that runs when it is told to: a day passes in a moment, and a wall clock can be set wrong. */
export class FakeClock implements Clock {
  #monotonic = 5_000_000;
  #wall: number;
  readonly #alarms = new Set<Alarm>();

  constructor(wall = Date.UTC(2026, 10, 23, 8, 0, 0)) {
    this.#wall = wall;
  }

  wallNow(): number {
    return this.#wall;
  }

  monotonicNow(): number {
    return this.#monotonic;
  }

  schedule(delayMs: number, work: () => void): () => void {
    const alarm = { at: this.#monotonic + delayMs, work };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  /** Lets the time pass; timers fire in their order, and what they start may finish in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#monotonic + ms;
    for (let next = this.#nextUntil(end); next; next = this.#nextUntil(end)) {
      this.#passTo(next.at);
      this.#alarms.delete(next);
      next.work();
      await settle();
    }
    this.#passTo(end);
    await settle();
  }

  /** The computer sleeps: the wall clock goes on, the monotonic one and the timers stand still (as on Linux). */
  sleep(ms: number): void {
    this.#wall += ms;
  }

  /** Somebody, or a time server, sets the wall clock. */
  jump(ms: number): void {
    this.#wall += ms;
  }

  get pendingAlarms(): number {
    return this.#alarms.size;
  }

  #nextUntil(end: number): Alarm | undefined {
    return [...this.#alarms].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
  }

  #passTo(monotonic: number): void {
    const gone = Math.max(monotonic - this.#monotonic, 0);
    this.#monotonic += gone;
    this.#wall += gone;
  }
}

/** Lets everything that waits for settled promises run. The fakes need no more turns than this. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

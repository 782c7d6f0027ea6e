import type { Log } from '../core/ports.ts';

const quietMs = 60_000;

/**
 * Logs refused requests without their number becoming a weapon: of each reason one line a minute at most, with
 * how many there were since the last line. Nothing that the request held is written.
 */
export class RefusalLog {
  readonly #log: Log;
  readonly #now: () => number;
  readonly #reasons = new Map<string, { lineAt: number; unwritten: number }>();

  /** `now`: milliseconds. */
  constructor(log: Log, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  /** `reason`: one of our own few words, never the request's. */
  add(reason: string): void {
    const now = this.#now();
    const seen = this.#reasons.get(reason);
    // The distance in both directions: a clock set back must not silence the log until it has caught up.
    if (seen !== undefined && Math.abs(now - seen.lineAt) < quietMs) {
      seen.unwritten += 1;
      return;
    }
    this.#log.warn('request_refused', { reason, count: 1 + (seen?.unwritten ?? 0) });
    this.#reasons.set(reason, { lineAt: now, unwritten: 0 });
  }
}

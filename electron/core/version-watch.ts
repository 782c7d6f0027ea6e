import type { Clock } from './clock.ts';
import type { Settings } from './ports.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The first look waits until a start, which may be the computer's own, has been got over. */
const firstLookMs = 2 * minute;

export interface VersionWatchParts {
  readonly clock: Clock;
  readonly settings: Settings;
  /** Whether anybody wants it looked for; asked before each look. */
  readonly wanted: () => boolean;
  /** The number of the newest release; null: no answer that can be used. */
  readonly newest: () => Promise<string | null>;
  /** Whether a number is one of a release after this one. */
  readonly isNewer: (version: string) => boolean;
  /** Called when there is one that there was not before, or none any more. */
  readonly changed: () => void;
}

/** Looks once a day whether there is a newer version, and remembers the one that it found. */
export class VersionWatch {
  readonly #parts: VersionWatchParts;
  #cancel: () => void = () => undefined;

  constructor(parts: VersionWatchParts) {
    this.#parts = parts;
  }

  /** The number of a newer version; null: none is known, or nobody wants to know. */
  get found(): string | null {
    const { settings, wanted, isNewer } = this.#parts;
    const found = settings.get('newVersionFound');
    return found !== null && wanted() && isNewer(found) ? found : null;
  }

  start(): void {
    this.#lookIn(firstLookMs);
  }

  stop(): void {
    this.#cancel();
  }

  #lookIn(delayMs: number): void {
    this.#cancel = this.#parts.clock.schedule(delayMs, () => {
      // Hourly: a timer of a day would begin anew with each sleep.
      this.#lookIn(hour);
      void this.#look();
    });
  }

  async #look(): Promise<void> {
    const { settings, wanted, newest, changed } = this.#parts;
    if (!wanted() || !this.#isDue()) return;
    // Written first, so that what crashes on an answer does not ask at each start.
    await settings.set('newVersionLookedAt', this.#parts.clock.wallNow());
    const version = await newest();
    if (version === null || version === settings.get('newVersionFound')) return;
    const before = this.found;
    await settings.set('newVersionFound', version);
    if (this.found !== before) changed();
  }

  #isDue(): boolean {
    const last = this.#parts.settings.get('newVersionLookedAt');
    const now = this.#parts.clock.wallNow();
    // A look that lies ahead was made by a clock that was wrong.
    return last === null || last > now || now - last >= day;
  }
}

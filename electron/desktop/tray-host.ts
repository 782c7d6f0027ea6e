import type { Clock } from '../core/clock.ts';
import { askSessionBus, type AskSessionBus } from './session-bus.ts';

export interface TrayHostParts {
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  /** Asks the desktop; see `askDesktop`. */
  readonly ask: () => Promise<boolean | null>;
  /** Called when what `present` says has changed. */
  readonly changed: () => void;
}

const second = 1000;

/**
 * Whether anything shows a tray's icons. macOS and Windows always do; on Linux a panel, or an extension of it, does,
 * and it may come later than we: at login both start at once.
 */
export class TrayHost {
  readonly #parts: TrayHostParts;
  #present: boolean;
  #cancelLook: () => void = () => undefined;
  #looks = 0;
  #closed = false;

  constructor(parts: TrayHostParts) {
    this.#parts = parts;
    this.#present = parts.platform !== 'linux';
  }

  get present(): boolean {
    return this.#present;
  }

  /** Waits for a tray to be there, at most so many milliseconds; goes on looking after that. */
  async wait(forMs: number): Promise<boolean> {
    const { clock } = this.#parts;
    const start = clock.monotonicNow();
    await this.look();
    while (!this.#present && !this.#closed && clock.monotonicNow() - start < forMs) {
      await new Promise<void>((resolve) => clock.schedule(second, resolve));
      await this.look();
    }
    return this.#present;
  }

  /** Looks once, now. A panel can go away too; worth a look when the window is shown. */
  async look(): Promise<void> {
    const { platform, clock, ask, changed } = this.#parts;
    if (platform !== 'linux') return;
    this.#cancelLook();
    const look = (this.#looks += 1);
    const answer = await ask();
    // A later look knows better.
    if (this.#closed || look !== this.#looks) return;
    // An unknown answer changes nothing.
    const present = answer ?? this.#present;
    // Often at first, then seldom: each look starts a small program.
    if (answer !== true)
      this.#cancelLook = clock.schedule(this.#looks < 30 ? 2 * second : 60 * second, () => void this.look());
    if (present === this.#present) return;
    this.#present = present;
    changed();
  }

  close(): void {
    this.#closed = true;
    this.#cancelLook();
  }
}

const watcher = 'org.kde.StatusNotifierWatcher';

/**
 * Whether this Linux desktop shows icons of the StatusNotifierItem kind, which is Electron's own condition. Null: the
 * session bus could not be asked, or did not answer in time.
 */
export async function askDesktop(ask: AskSessionBus = askSessionBus): Promise<boolean | null> {
  const answer = await ask({
    service: watcher,
    path: '/StatusNotifierWatcher',
    interface: 'org.freedesktop.DBus.Properties',
    method: 'Get',
    texts: [watcher, 'IsStatusNotifierHostRegistered'],
  });
  if (answer.kind === 'unknown') return null;
  return answer.kind === 'answered' && /\btrue\b/.test(answer.text);
}

import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** A mark in the environment of a process that all its descendants keep, wherever they go. Linux alone tells it. */
export class ProcessMark {
  readonly #value = randomUUID();

  /** For the environment of the first process. */
  readonly env = { TOKEN_TRAY_TEST_MARK: this.#value } as const;

  /** The ids of the processes that bear the mark. */
  processes(): readonly number[] {
    if (process.platform !== 'linux') return [];
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && this.#isIn(name))
      .map(Number);
  }

  /** Ends them all, as a test that failed leaves them behind. */
  end(): void {
    for (const pid of this.processes()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended meanwhile.
      }
    }
  }

  #isIn(pid: string): boolean {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(this.#value);
    } catch {
      return false;
    }
  }
}

import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { homeFiles } from '../contract/home.ts';
import { isOpenToOthers, OpenToOthers } from './file-system.ts';

const fileName = 'token-tray.log';
const usualLimit = 1024 * 1024;

/**
 * `HOME/logs/token-tray.log`: folder 0700, file 0600, no link followed. At `limit` bytes it becomes
 * `token-tray.log.1`, in place of the one before; where that is refused, at a later line, and at twice the limit lines
 * are dropped. Opened for each line, which is written before `write` returns:
 * lines are few, and a file that was moved away or deleted is no trouble. Never throws: what cannot be written
 * (a full disk, a folder that is a link) is dropped.
 */
export class LogFile {
  readonly #folder: string;
  readonly #path: string;
  readonly #limit: number;

  constructor(home: string, limit = usualLimit) {
    this.#folder = join(home, homeFiles.logs);
    this.#path = join(this.#folder, fileName);
    this.#limit = limit;
  }

  write(line: string): void {
    try {
      this.#prepareFolder();
      const bytes = Buffer.from(line, 'utf8');
      if (this.#append(bytes, this.#limit)) return;
      this.#append(bytes, this.#putAway() ? Infinity : 2 * this.#limit);
    } catch {
      // A log that cannot be written must not end what it reports on.
    }
  }

  /** False where it cannot be now: on Windows a program that has the file open, such as a virus scanner, prevents it. */
  #putAway(): boolean {
    try {
      renameSync(this.#path, `${this.#path}.1`);
      return true;
    } catch {
      return false;
    }
  }

  #prepareFolder(): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const stats = lstatSync(this.#folder);
    if (!stats.isDirectory()) throw new Error('The folder of the log is a link.');
    if (isOpenToOthers(stats)) chmodSync(this.#folder, 0o700);
  }

  /** False, and nothing written, where the file would grow beyond `limit` bytes. */
  #append(bytes: Buffer, limit: number): boolean {
    const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_WRONLY } = constants;
    // Windows has neither O_NOFOLLOW nor O_NONBLOCK (which keeps a named pipe in the file's place from holding us up).
    const file = openSync(this.#path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
    try {
      const stats = fstatSync(file);
      if (stats.size > 0 && stats.size + bytes.length > limit) return false;
      if (isOpenToOthers(stats)) {
        fchmodSync(file, 0o600);
        if (isOpenToOthers(fstatSync(file))) throw new OpenToOthers();
      }
      writeSync(file, bytes);
      return true;
    } finally {
      closeSync(file);
    }
  }
}

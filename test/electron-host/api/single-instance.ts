import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { wireValues } from '../page/wire-values.ts';

const values = wireValues();

interface SecondInstance {
  readonly argv: string[];
  readonly cwd: string;
  readonly data: unknown;
}

/**
 * One process for each userData, as Chromium holds it on Linux: a link that names the holder's process id. A second
 * start leaves its message in a folder that the first watches, as `requestSingleInstanceLock` answers at once and may
 * be followed by the process's end. `request` makes the folder (electron#33547). It says `false` also where the link
 * cannot be made, and where it names a process of another host that does not answer
 * (chrome/browser/process_singleton_posix.cc, App::RequestSingleInstanceLock in shell/browser/api/electron_api_app.cc).
 */
export class SingleInstance {
  readonly #folder: string;
  readonly #lock: string;
  readonly #letters: string;
  #held = false;

  constructor(userData: string) {
    this.#folder = userData;
    this.#lock = join(userData, 'SingletonLock');
    this.#letters = join(userData, 'SingletonLetters');
  }

  get held(): boolean {
    return this.#held;
  }

  /** Whether this process is the one; else the other one has been told. */
  request(told: SecondInstance, onSecond: (second: SecondInstance) => void): boolean {
    this.#held ||= this.#take();
    if (this.#held) {
      mkdirSync(this.#letters, { recursive: true, mode: 0o700 });
      for (const name of readdirSync(this.#letters)) rmSync(join(this.#letters, name), { force: true });
      watch(this.#letters, { persistent: false }, () => this.#read(onSecond));
    } else if (existsSync(this.#letters)) this.#write(told);
    return this.#held;
  }

  release(): void {
    if (this.#held) rmSync(this.#lock, { force: true });
    this.#held = false;
  }

  #take(): boolean {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      symlinkSync(`${hostname()}-${process.pid}`, this.#lock);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
      const [, host, holder] = /^(.*)-(\d+)$/.exec(readlinkSync(this.#lock)) ?? [];
      if (host !== hostname() || isRunning(Number(holder))) return false;
      rmSync(this.#lock, { force: true });
      return this.#take();
    }
  }

  #write(message: SecondInstance): void {
    const letter = join(this.#letters, `${process.pid}.${process.hrtime.bigint()}`);
    writeFileSync(`${letter}.part`, values.encode(message), { mode: 0o600 });
    renameSync(`${letter}.part`, letter);
  }

  #read(onSecond: (second: SecondInstance) => void): void {
    for (const name of readdirSync(this.#letters).toSorted()) {
      if (name.endsWith('.part')) continue;
      const letter = join(this.#letters, name);
      const message = values.decode(readFileSync(letter, 'utf8')) as SecondInstance;
      rmSync(letter);
      onSecond(message);
    }
  }
}

/** A process that was killed and not yet collected still answers a signal. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

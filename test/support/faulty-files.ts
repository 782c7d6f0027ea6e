import { constants } from 'node:fs';
import {
  nodeFileSystem,
  type FileStatus,
  type FileSystem,
  type OpenFile,
} from '../../electron/adapters/file-system.ts';

export type Step =
  | 'open'
  | 'read'
  | 'write'
  | 'stat'
  | 'chmod'
  | 'truncate'
  | 'sync'
  | 'close'
  | 'syncFolder'
  | 'rename'
  | 'unlink'
  | 'lstat'
  | 'readdir'
  | 'mkdir'
  | 'realpath';

interface Fault {
  readonly code: string;
  readonly applies: (step: Step, count: number) => boolean;
}

/** This computer's file system, whose steps fail, fall short or lie when they are told to. */
export class FaultyFiles implements FileSystem {
  /** All steps that were taken, those that failed too. */
  readonly steps: Step[] = [];
  readonly #faults: Fault[] = [];
  /** The most that one write takes; the rest is the caller's business. */
  mostPerWrite = Infinity;
  /** Each byte that is written comes out with one bit changed. */
  flipsBits = false;
  /** A file system without permissions of its own, as SMB, FAT or WSL’s /mnt/c: everything has this mode, and chmod changes nothing. */
  fixedMode: number | null = null;
  /** What the files and folders are said to belong to. */
  owner: number | null = null;

  /** Each such step fails from now on; with `times`, only so many of them. */
  failAt(step: Step, code: string, times = Infinity): this {
    let left = times;
    this.#faults.push({ code, applies: (taken) => taken === step && (left -= 1) >= 0 });
    return this;
  }

  /** The step of this number (from 1) fails, whatever it is. */
  failAtStep(number: number, code: string): this {
    this.#faults.push({ code, applies: (_step, count) => count === number });
    return this;
  }

  async open(path: string, flags: number, mode?: number): Promise<OpenFile> {
    this.#take('open');
    const file = await nodeFileSystem.open(path, flags, mode);
    return this.#faulty(file, (flags & constants.O_DIRECTORY) !== 0);
  }

  async rename(from: string, to: string): Promise<void> {
    this.#take('rename');
    await nodeFileSystem.rename(from, to);
  }

  async unlink(path: string): Promise<void> {
    this.#take('unlink');
    await nodeFileSystem.unlink(path);
  }

  async lstat(path: string): Promise<FileStatus> {
    this.#take('lstat');
    const status = this.#withFixedMode(await nodeFileSystem.lstat(path));
    return this.owner === null ? status : Object.assign(status, { uid: this.owner });
  }

  async readdir(path: string): Promise<string[]> {
    this.#take('readdir');
    return nodeFileSystem.readdir(path);
  }

  async mkdir(path: string, mode: number): Promise<unknown> {
    this.#take('mkdir');
    return nodeFileSystem.mkdir(path, mode);
  }

  async chmod(path: string, mode: number): Promise<void> {
    this.#take('chmod');
    if (this.fixedMode === null) await nodeFileSystem.chmod(path, mode);
  }

  async realpath(path: string): Promise<string> {
    this.#take('realpath');
    return nodeFileSystem.realpath(path);
  }

  #take(step: Step): void {
    this.steps.push(step);
    const fault = this.#faults.find(({ applies }) => applies(step, this.steps.length));
    if (fault) throw Object.assign(new Error(`${fault.code}: ${step}`), { code: fault.code, syscall: step });
  }

  #withFixedMode<Status extends FileStatus>(status: Status): Status {
    const { fixedMode } = this;
    return fixedMode === null ? status : Object.assign(status, { mode: (status.mode & ~0o777) | fixedMode });
  }

  #faulty(file: OpenFile, isFolder: boolean): OpenFile {
    const taking = <Rest extends unknown[], Value>(step: Step, call: (...rest: Rest) => Promise<Value>) => {
      return async (...rest: Rest): Promise<Value> => {
        this.#take(step);
        return call(...rest);
      };
    };
    return {
      read: taking('read', file.read.bind(file)),
      write: taking('write', (from, offset, length, position) => {
        const taken = Math.min(length, this.mostPerWrite);
        const bytes = this.flipsBits ? Uint8Array.from(from, (byte) => byte ^ 1) : from;
        return file.write(bytes, offset, taken, position);
      }),
      stat: taking('stat', async () => this.#withFixedMode(await file.stat())),
      chmod: taking('chmod', async (mode) => {
        if (this.fixedMode === null) await file.chmod(mode);
      }),
      truncate: taking('truncate', file.truncate.bind(file)),
      sync: taking(isFolder ? 'syncFolder' : 'sync', file.sync.bind(file)),
      // A file is given back even where the test says that this failed.
      close: async () => {
        await file.close();
        this.#take('close');
      },
    };
  }
}

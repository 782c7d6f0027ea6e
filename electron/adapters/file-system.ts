import * as fs from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the storage adapters need of an open file: the methods of Node's FileHandle. */
export interface OpenFile {
  read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
  write(
    from: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ): Promise<{ bytesWritten: number }>;
  stat(): Promise<FileStatus>;
  chmod(mode: number): Promise<void>;
  truncate(length: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface FileStatus {
  readonly mode: number;
  readonly size: number;
  readonly uid: number;
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/** The part of a file system that the storage adapters stand on, so that a test can make any step of it fail. */
export interface FileSystem {
  open(path: string, flags: number, mode?: number): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  lstat(path: string): Promise<FileStatus>;
  readdir(path: string): Promise<string[]>;
  mkdir(path: string, mode: number): Promise<unknown>;
  chmod(path: string, mode: number): Promise<void>;
  realpath(path: string): Promise<string>;
}

const ownFiles: FileSystem = {
  open: fs.open,
  rename: fs.rename,
  unlink: fs.unlink,
  lstat: fs.lstat,
  readdir: fs.readdir,
  mkdir: fs.mkdir,
  chmod: fs.chmod,
  realpath: fs.realpath,
};

/** Before each further try, in milliseconds; together 3.6 s. */
const heldDelaysMs = [10, 20, 40, 80, 160, 320, 500, 500, 500, 500, 500, 500];

/**
 * Windows refuses to open, rename or delete a file while another program, such as a virus scanner, has it open. These
 * steps are then tried again, with `delaysMs` between them.
 */
export function whileHeld(files: FileSystem, delaysMs: readonly number[] = heldDelaysMs): FileSystem {
  const retry = async <Value>(refusals: readonly string[], step: () => Promise<Value>): Promise<Value> => {
    for (const delayMs of delaysMs) {
      try {
        return await step();
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && refusals.includes(String(error.code))))
          throw error;
      }
      await sleep(delayMs);
    }
    return step();
  };
  return {
    // Windows says EPERM or EACCES where the file that a rename replaces is open. To open one, they mean a lack of rights.
    open: (path, flags, mode) => retry(['EBUSY'], () => files.open(path, flags, mode)),
    rename: (from, to) => retry(['EBUSY', 'EPERM', 'EACCES'], () => files.rename(from, to)),
    unlink: (path) => retry(['EBUSY', 'EPERM', 'EACCES'], () => files.unlink(path)),
    lstat: (path) => files.lstat(path),
    readdir: (path) => files.readdir(path),
    mkdir: (path, mode) => files.mkdir(path, mode),
    chmod: (path, mode) => files.chmod(path, mode),
    realpath: (path) => files.realpath(path),
  };
}

/** This computer's own. */
export const nodeFileSystem: FileSystem = process.platform === 'win32' ? whileHeld(ownFiles) : ownFiles;

/** Writes all of it: one `write` may take less than it was given. `position` null: where the file's flags say. */
export async function writeWhole(
  file: OpenFile,
  content: Uint8Array,
  position: number | null,
): Promise<void> {
  for (let done = 0; done < content.length;) {
    const at = position === null ? null : position + done;
    const { bytesWritten } = await file.write(content, done, content.length - done, at);
    if (bytesWritten === 0) throw new UnreliableDisk('a write took nothing');
    done += bytesWritten;
  }
}

/** Reads from the file's start to its end, at most `most` bytes. */
export async function readWhole(file: OpenFile, most: number): Promise<Buffer> {
  const content = Buffer.alloc(most);
  let done = 0;
  while (done < most) {
    const { bytesRead } = await file.read(content, done, most - done, done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return content.subarray(0, done);
}

/** Others keep rights to a file that is to be this user's alone: its file system ignores or refuses chmod. */
export class OpenToOthers extends Error {}

/** Whether users other than the owner have rights. On Windows modes say nothing, and the folder's list counts. */
export function isOpenToOthers({ mode }: Pick<FileStatus, 'mode'>): boolean {
  return process.platform !== 'win32' && (mode & 0o077) !== 0;
}

/** The disk did something else than it was told, without an error of its own. */
export class UnreliableDisk extends Error {}

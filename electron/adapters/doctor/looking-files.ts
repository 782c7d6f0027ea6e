import { constants } from 'node:fs';
import { basename } from 'node:path';
import { nodeFileSystem, type FileStatus, type FileSystem, type OpenFile } from '../file-system.ts';

const writing = constants.O_WRONLY | constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC;

/**
 * This computer's file system as on a read-only disk: what would change anything fails with EROFS. The program's
 * own readers can so be let loose on a home that has to stay as it is. `moved`: the names of the files that they
 * wanted to move away.
 */
export class LookingFiles implements FileSystem {
  readonly moved: string[] = [];

  async open(path: string, flags: number): Promise<OpenFile> {
    if ((flags & writing) !== 0) return refuse('open');
    const file = await nodeFileSystem.open(path, flags);
    return {
      read: file.read.bind(file),
      stat: file.stat.bind(file),
      close: file.close.bind(file),
      write: () => refuse('write'),
      chmod: () => refuse('fchmod'),
      truncate: () => refuse('ftruncate'),
      sync: () => refuse('fsync'),
    };
  }

  lstat(path: string): Promise<FileStatus> {
    return nodeFileSystem.lstat(path);
  }

  readdir(path: string): Promise<string[]> {
    return nodeFileSystem.readdir(path);
  }

  realpath(path: string): Promise<string> {
    return nodeFileSystem.realpath(path);
  }

  unlink(): Promise<void> {
    return refuse('unlink');
  }

  mkdir(): Promise<void> {
    return refuse('mkdir');
  }

  chmod(): Promise<void> {
    return refuse('chmod');
  }

  rename(from: string): Promise<void> {
    this.moved.push(basename(from));
    return refuse('rename');
  }
}

function refuse(syscall: string): Promise<never> {
  return Promise.reject(Object.assign(new Error(`EROFS: ${syscall}`), { code: 'EROFS', syscall }));
}

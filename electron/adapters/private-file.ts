import { constants } from 'node:fs';
import type { UnwritableReason } from '../contract/failures.ts';
import {
  isOpenToOthers,
  nodeFileSystem,
  OpenToOthers,
  readWhole,
  type FileSystem,
  type OpenFile,
} from './file-system.ts';
import { errorCode, unwritableReason } from './unwritable-reason.ts';

/** What a file holds. `too_large`: it is there, and not looked into. */
export type FileRead =
  | { readonly kind: 'content'; readonly bytes: Buffer }
  | { readonly kind: 'absent' }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'failed'; readonly reason: UnwritableReason };

const ownerOnly = 0o600;
/** A larger file is not read, unless its reader says otherwise. */
export const mostFileBytes = 16 * 1024 * 1024;

/**
 * Reads one of our own files whole, at most `mostBytes` of it (16 MiB unless said). A link is not followed, and
 * what is no regular file is not read. Looser permissions than 0600 are repaired,
 * or the file is not read. Never rejects for the disk.
 */
export async function readPrivateFile(
  path: string,
  { files = nodeFileSystem, mostBytes = mostFileBytes }: { files?: FileSystem; mostBytes?: number } = {},
): Promise<FileRead> {
  try {
    const file = await openPrivateFile(path, constants.O_RDONLY, files);
    try {
      const { size } = await file.stat();
      if (size > mostBytes) return { kind: 'too_large' };
      return { kind: 'content', bytes: await readWhole(file, size) };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { kind: 'absent' };
    return { kind: 'failed', reason: unwritableReason(error) };
  }
}

/**
 * Opens a regular file, made 0600 where `flags` say that it is to be made. Rejects with a system error; for a link
 * or anything else that is no regular file, with ELOOP or EISDIR.
 */
export async function openPrivateFile(path: string, flags: number, files: FileSystem): Promise<OpenFile> {
  // Windows knows no O_NOFOLLOW: there the flag is undefined, which counts as 0, and this look has to do.
  if (process.platform === 'win32') await refuseLink(path, files);
  // A named pipe would keep the call waiting for somebody at its other end without O_NONBLOCK.
  const safely = constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await files.open(path, flags | safely, ownerOnly);
  try {
    const status = await file.stat();
    if (!status.isFile()) throw systemError('EISDIR', 'open');
    if (isOpenToOthers(status)) await repairMode(file);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function repairMode(file: OpenFile): Promise<void> {
  try {
    await file.chmod(ownerOnly);
  } catch (error) {
    // Nothing can be repaired on a read-only disk, but what it holds is still ours.
    if (errorCode(error) === 'EROFS') return;
  }
  // Some file systems ignore chmod, some refuse it: the mode afterwards is what counts.
  if (isOpenToOthers(await file.stat())) throw new OpenToOthers();
}

async function refuseLink(path: string, files: FileSystem): Promise<void> {
  const isLink = await files.lstat(path).then(
    (status) => status.isSymbolicLink(),
    () => false,
  );
  if (isLink) throw systemError('ELOOP', 'open');
}

function systemError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${code}: ${syscall}`), { code, syscall });
}

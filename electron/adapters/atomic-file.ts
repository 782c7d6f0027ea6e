import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { dirname, join } from 'node:path';
import type { UnwritableReason } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import {
  isOpenToOthers,
  nodeFileSystem,
  OpenToOthers,
  readWhole,
  UnreliableDisk,
  writeWhole,
  type FileSystem,
} from './file-system.ts';
import { errorCode, unwritableReason } from './unwritable-reason.ts';

export interface ReplaceOptions {
  readonly files?: FileSystem;
  /** Also keeps these bytes, the earlier generation, under a name of their own; put in place first. */
  readonly earlier?: { readonly path: string; readonly bytes: Uint8Array };
  /** A link in the file's place is put away (never followed) instead of refused. */
  readonly overLinks?: boolean;
}

/**
 * Puts a file (0600) in place so that at each moment, also after a crash, its path leads to the whole old content
 * or the whole new one: exclusive temporary in the same folder, flush, read back, rename, flush of the folder.
 *
 * On failure the old content stands, with one exception: if only the last flush of the folder failed, the new
 * content is in place and may not survive a power cut.
 */
export async function replaceFile(
  path: string,
  content: Uint8Array,
  { files = nodeFileSystem, earlier, overLinks = false }: ReplaceOptions = {},
): Promise<Result<null, UnwritableReason>> {
  const renames: { readonly from: string; readonly to: string }[] = [];
  try {
    const contents = [...(earlier ? [earlier] : []), { path, bytes: content }];
    for (const { path: to } of contents) await refuseOtherKinds(to, overLinks, files);
    // All is on the disk before anything is renamed: a full disk is noticed while nothing has changed.
    for (const { path: to, bytes } of contents) {
      renames.push({ from: await writeTemporary(to, bytes, files), to });
    }
    for (const { from, to } of renames) await files.rename(from, to);
    await flushFolder(dirname(path), files);
    return succeeded(null);
  } catch (error) {
    for (const { from } of renames) await files.unlink(from).catch(() => undefined);
    return failed(unwritableReason(error));
  }
}

/** Whether a file of `size` bytes could be written beside `path` now; tried with a temporary that is taken away. */
export async function tryWriting(
  path: string,
  size: number,
  files: FileSystem = nodeFileSystem,
): Promise<Result<null, UnwritableReason>> {
  try {
    await refuseOtherKinds(path, false, files);
    await files.unlink(await writeTemporary(path, Buffer.alloc(size), files));
    return succeeded(null);
  } catch (error) {
    return failed(unwritableReason(error));
  }
}

/**
 * Deletes temporaries that a killed program left behind: ours, and those of conf's writer. Only the home's owner
 * may call it, while it writes none of the files that `ofFile` names (all unless said). Goes on after a failure.
 */
export async function sweepTemporaries(
  folder: string,
  { files = nodeFileSystem, ofFile = () => true }: SweepOptions = {},
): Promise<Result<null, UnwritableReason>> {
  let result: Result<null, UnwritableReason> = succeeded(null);
  const names = await files.readdir(folder).catch(() => []);
  for (const name of names) {
    const file = /^(.+)\.tmp-[0-9a-f]{16}$/.exec(name)?.[1];
    if (file === undefined || !ofFile(file)) continue;
    try {
      await files.unlink(join(folder, name));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') result = failed(unwritableReason(error));
    }
  }
  return result;
}

interface SweepOptions {
  readonly files?: FileSystem;
  readonly ofFile?: (name: string) => boolean;
}

async function refuseOtherKinds(path: string, overLinks: boolean, files: FileSystem): Promise<void> {
  try {
    const status = await files.lstat(path);
    if (status.isFile() || (overLinks && status.isSymbolicLink())) return;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  throw Object.assign(new Error('not a regular file'), { code: 'EISDIR', syscall: 'lstat' });
}

async function writeTemporary(target: string, content: Uint8Array, files: FileSystem): Promise<string> {
  const path = `${target}.tmp-${randomBytes(8).toString('hex')}`;
  // O_NOFOLLOW does not exist on Windows: undefined, which counts as 0.
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const file = await files.open(path, flags, 0o600);
  try {
    try {
      // Before anything is in it: the file system may not keep the mode it was made with.
      if (isOpenToOthers(await file.stat())) throw new OpenToOthers();
      await writeWhole(file, content, 0);
      await file.sync();
      const { size } = await file.stat();
      const kept = size === content.length ? await readWhole(file, size) : null;
      if (!kept?.equals(content)) throw new UnreliableDisk('what was read back is not what was written');
    } finally {
      await file.close();
    }
    return path;
  } catch (error) {
    await files.unlink(path).catch(() => undefined);
    throw error;
  }
}

/** Makes what happened in a folder (a new name, a rename) outlive a power cut. */
export async function flushFolder(folder: string, files: FileSystem): Promise<void> {
  // Windows cannot open a folder for this; NTFS keeps a journal of its names.
  if (process.platform === 'win32') return;
  const opened = await files.open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await opened.sync();
  } catch (error) {
    // Some network and FUSE file systems know no flush of a folder.
    if (errorCode(error) !== 'EINVAL') throw error;
  } finally {
    await opened.close();
  }
}

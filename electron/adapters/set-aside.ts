import { basename } from 'node:path';
import type { UnwritableReason } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import type { Clock } from '../core/clock.ts';
import { replaceFile } from './atomic-file.ts';
import { nodeFileSystem, type FileSystem } from './file-system.ts';
import { errorCode, unwritableReason } from './unwritable-reason.ts';

/** Why a file is kept under another name; the program never deletes one of these. */
export type AsideReason = 'corrupt' | 'undecryptable';

export interface AsideParts {
  readonly clock: Pick<Clock, 'wallNow'>;
  readonly files?: FileSystem;
}

/** Moves a file as it is, byte for byte, to `NAME.REASON-TIME` beside it, and answers that name. */
export async function moveAside(
  path: string,
  reason: AsideReason,
  { clock, files = nodeFileSystem }: AsideParts,
): Promise<Result<string, UnwritableReason>> {
  try {
    const aside = await freePath(path, reason, clock, files);
    await files.rename(path, aside);
    return succeeded(basename(aside));
  } catch (error) {
    return failed(unwritableReason(error));
  }
}

/** Keeps a copy of a file's bytes as `NAME.REASON-TIME` beside it, and answers that name once it is flushed. */
export async function copyAside(
  path: string,
  bytes: Uint8Array,
  reason: AsideReason,
  { clock, files = nodeFileSystem }: AsideParts,
): Promise<Result<string, UnwritableReason>> {
  try {
    const aside = await freePath(path, reason, clock, files);
    const written = await replaceFile(aside, bytes, { files });
    return written.ok ? succeeded(basename(aside)) : written;
  } catch (error) {
    return failed(unwritableReason(error));
  }
}

async function freePath(
  path: string,
  reason: AsideReason,
  clock: Pick<Clock, 'wallNow'>,
  files: FileSystem,
): Promise<string> {
  // Windows allows no colon in a name.
  const time = new Date(clock.wallNow()).toISOString().replaceAll(':', '');
  const wanted = `${path}.${reason}-${time}`;
  let free = wanted;
  for (let count = 2; await exists(free, files); count += 1) free = `${wanted}-${count}`;
  return free;
}

async function exists(path: string, files: FileSystem): Promise<boolean> {
  try {
    await files.lstat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

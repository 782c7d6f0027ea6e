import type { UnwritableReason } from '../contract/failures.ts';
import { OpenToOthers, UnreliableDisk } from './file-system.ts';

const reasons: Readonly<Record<string, UnwritableReason>> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  EROFS: 'read_only',
  EACCES: 'no_permission',
  EPERM: 'no_permission',
  EBUSY: 'no_permission',
  // A link (with O_NOFOLLOW), a folder, a part of the path that is no folder, a socket.
  ELOOP: 'not_a_file',
  EISDIR: 'not_a_file',
  ENOTDIR: 'not_a_file',
  ENXIO: 'not_a_file',
};

/**
 * What an error of the file system means for what was to be kept. An error that is none of the file system's is
 * a mistake of the program and is thrown on.
 */
export function unwritableReason(error: unknown): UnwritableReason {
  if (error instanceof UnreliableDisk) return 'input_output';
  if (error instanceof OpenToOthers) return 'open_to_others';
  const code = errorCode(error);
  if (code === null) throw error;
  return reasons[code] ?? 'input_output';
}

/** The `code` of a system error ("ENOENT"), null for any other error. */
export function errorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

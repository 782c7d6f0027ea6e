import { statfs } from 'node:fs/promises';
import type { HomeFinding } from '../../contract/doctor-findings.ts';

const mebibyte = 1024 * 1024;

export interface DiskRoom {
  /** What this user may still write, in bytes. */
  readonly freeBytes: number;
  /** Whether another file could be made; some file systems keep a fixed number. */
  readonly roomForFiles: boolean;
}

/** The room on the disk that holds a folder; null: the system does not tell. */
export async function diskRoom(folder: string): Promise<DiskRoom | null> {
  try {
    const { bavail, bsize, files, ffree } = await statfs(folder);
    return { freeBytes: bavail * bsize, roomForFiles: files === 0 || ffree > 0 };
  } catch {
    return null;
  }
}

/** A save needs a few copies of the vault for a moment: 64 KiB are too little for any, 16 MiB last for long. */
export function judgeRoom(room: DiskRoom | null): readonly HomeFinding[] {
  if (!room) return [];
  const { freeBytes, roomForFiles } = room;
  if (freeBytes < mebibyte / 16 || !roomForFiles) return [{ code: 'disk_full', freeBytes }];
  return [{ code: freeBytes < 16 * mebibyte ? 'disk_low' : 'disk_good', freeBytes }];
}

import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { failed, succeeded, type Result } from '../contract/result.ts';
import { writeWhole } from './file-system.ts';
import { readPrivateFile } from './private-file.ts';
import { errorCode } from './unwritable-reason.ts';

// macOS's open(2) takes a lock of flock(2) along with the file; Node hands the flags on, and has no names for them.
const exclusiveLock = 0x20;
const sharedLock = 0x10;

/** Node closes an open file that nobody refers to any more, and the lock would go with it. */
const held = new Set<FileHandle>();

const note = z.object({ pid: z.int().positive() });

/**
 * macOS: opens a file with the system's exclusive lock, which is given back with the process, and writes `words`
 * into it. Answers how to let go (after the file is deleted), or the process id that stands in the file (null:
 * none). Rejects with a system error where that cannot be.
 */
export async function holdFile(
  path: string,
  words: Uint8Array,
): Promise<Result<() => Promise<void>, number | null>> {
  for (;;) {
    const file = await openLocked(path);
    if (!file) return failed(await ownerNoted(path));
    // An owner that let go just now took the name away: the lock we got is on a file that nobody else will open.
    if (!(await standsAt(file, path))) {
      await file.close();
      continue;
    }
    await file.truncate(0);
    await writeWhole(file, words, 0);
    held.add(file);
    return succeeded(async () => {
      held.delete(file);
      await file.close();
    });
  }
}

/**
 * macOS: whether another process holds the file, and the process id that stands in it. Makes no file. Where nobody
 * holds it, it is held for the moment of looking, and a start at that very moment would find it taken.
 */
export async function fileHolder(path: string): Promise<{ alive: boolean; pid: number | null }> {
  try {
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    await (await open(path, flags | sharedLock)).close();
    return { alive: false, pid: null };
  } catch (error) {
    return errorCode(error) === 'EAGAIN'
      ? { alive: true, pid: await ownerNoted(path) }
      : { alive: false, pid: null };
  }
}

async function openLocked(path: string): Promise<FileHandle | null> {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  try {
    return await open(path, flags | exclusiveLock, 0o600);
  } catch (error) {
    if (errorCode(error) === 'EAGAIN') return null;
    throw error;
  }
}

async function standsAt(file: FileHandle, path: string): Promise<boolean> {
  const mine = await file.stat();
  const there = await stat(path).catch(() => null);
  return there?.ino === mine.ino && there.dev === mine.dev;
}

/** The process id in the file; null: there is none. */
export async function ownerNoted(path: string): Promise<number | null> {
  const read = await readPrivateFile(path);
  if (read.kind !== 'content') return null;
  try {
    return note.parse(JSON.parse(read.bytes.toString())).pid;
  } catch {
    return null;
  }
}

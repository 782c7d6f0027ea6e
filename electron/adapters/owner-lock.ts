import { createHash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HomeReason, SetupFailure } from '../contract/failures.ts';
import { homeFiles } from '../contract/home.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import type { Clock } from '../core/clock.ts';
import { replaceFile } from './atomic-file.ts';
import { fileHolder, holdFile } from './lock-file.ts';
import { askOwner, holdName } from './lock-name.ts';
import { errorCode, unwritableReason } from './unwritable-reason.ts';

/** The home is ours until `release`, or until the process ends, however it ends. */
export interface OwnerLock {
  release(): Promise<void>;
}

/** In milliseconds. The file is words for people, and the next owner writes it over. */
const removalLimitMs = 300;

export type LockRefused = Extract<SetupFailure, { code: 'home_taken' | 'home_unusable' }>;

/**
 * Makes this process the owner of a prepared home, or says who is. Of two at the same moment exactly one wins:
 * the lock is one that the operating system keeps and gives back at a process's death, so nothing is ever stale.
 *
 * Linux and Windows: a name that only one process at a time can listen on (an abstract Unix socket, a named pipe).
 * macOS has neither: a file opened with the system's exclusive lock. The file `lock` tells people who it is.
 */
export async function acquireOwnerLock(
  home: string,
  clock: Pick<Clock, 'wallNow'>,
): Promise<Result<OwnerLock, LockRefused>> {
  const lockFile = join(home, homeFiles.lock);
  const owner = { pid: process.pid, startedAt: new Date(clock.wallNow()).toISOString() };
  const note = Buffer.from(`${JSON.stringify(owner)}\n`);
  try {
    const held = await (process.platform === 'darwin'
      ? holdFile(lockFile, note)
      : holdName(lockName(await homeIdentity(home))));
    if (!held.ok) return failed({ code: 'home_taken', pid: held.failure });
    // Only words for people: without them the lock holds all the same. (On macOS the file is the lock itself.)
    if (process.platform !== 'darwin') await replaceFile(lockFile, note, { overLinks: true });
    return succeeded({
      async release() {
        // While the lock still holds, so that the next owner's file is not the one that goes.
        // One try: a later one could remove the next owner's.
        await Promise.race([
          rm(lockFile, { force: true }).catch(() => undefined),
          sleep(removalLimitMs, undefined, { ref: false }),
        ]);
        await held.value();
      },
    });
  } catch (error) {
    return failed({ code: 'home_unusable', home, reason: lockTrouble(error) });
  }
}

// ENOTSUP, EOPNOTSUPP (102) and ENOLCK (77) of macOS, which answers them for a network disk without locks; libuv knows one.
const noLocks = /^(?:ENOTSUP|EOPNOTSUPP|ENOLCK|Unknown system error -(?:77|102))$/;

/** Why the lock cannot be had. */
export function lockTrouble(error: unknown): HomeReason {
  return noLocks.test(errorCode(error) ?? '') ? 'no_locks' : unwritableReason(error);
}

/** Who keeps the home now, without taking it. `pid` null: it did not tell. A home that is not there is nobody's. */
export async function homeOwner(
  home: string,
): Promise<{ readonly alive: boolean; readonly pid: number | null }> {
  if (process.platform === 'darwin') return fileHolder(join(home, homeFiles.lock));
  const identity = await homeIdentity(home).catch(() => null);
  return identity === null ? { alive: false, pid: null } : askOwner(lockName(identity));
}

/** The same for every path that leads to the folder, and never the same for two folders. */
export async function homeIdentity(home: string): Promise<string> {
  const { dev, ino } = await stat(home, { bigint: true });
  return createHash('sha256').update(`token-tray home ${dev} ${ino}`).digest('hex').slice(0, 32);
}

function lockName(identity: string): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\token-tray-${identity}` : `\0token-tray-${identity}`;
}

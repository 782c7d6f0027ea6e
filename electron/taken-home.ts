import { sweepTemporaries } from './adapters/atomic-file.ts';
import { withdrawStaleDiscovery } from './adapters/discovery-file.ts';
import { prepareHome } from './adapters/home-folder.ts';
import { acquireOwnerLock } from './adapters/owner-lock.ts';
import { systemClock } from './adapters/system-clock.ts';
import type { Failure } from './contract/failures.ts';
import { succeeded, type Result } from './contract/result.ts';

/** A home that is this process's alone. */
export interface TakenHome {
  readonly home: string;
  /**
   * Gives it back. The process has to end at once: a request that is still out must not be answered into another
   * owner's home.
   */
  release(): Promise<void>;
}

/** Makes the home ready, takes it, and sweeps what an owner that was killed left behind. */
export async function takeHome(folder: string): Promise<Result<TakenHome, Failure>> {
  const home = await prepareHome(folder);
  if (!home.ok) return home;
  const lock = await acquireOwnerLock(home.value, systemClock);
  if (!lock.ok) return lock;
  await sweepTemporaries(home.value);
  await withdrawStaleDiscovery(home.value);
  return succeeded({ home: home.value, release: () => lock.value.release() });
}

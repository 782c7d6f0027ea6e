import { join } from 'node:path';
import { listenersOn } from './adapters/doctor/listening-programs.ts';
import { ownerNoted } from './adapters/lock-file.ts';
import { homeOwner } from './adapters/owner-lock.ts';
import { homeFiles } from './contract/home.ts';

/** Who runs in a home, by its lock alone, which no removed file takes away. */
export interface HomeKeeper {
  /** Null: it does not tell. */
  readonly pid: number | null;
  /**
   * Whether its process holds a port of 127.0.0.1, as the system tells. Only such a port may be shown a key where the
   * socket is missing: after a crash, another program could have taken it.
   */
  holdsPort(port: number): Promise<boolean>;
}

/** Null: nothing runs there. */
export async function findKeeper(home: string): Promise<HomeKeeper | null> {
  const { alive, pid: told } = await homeOwner(home);
  if (!alive) return null;
  return {
    // One that hangs tells nothing, but has left it in the file.
    pid: told ?? (await ownerNoted(join(home, homeFiles.lock))),
    async holdsPort(port) {
      if (told === null) return false;
      const listeners = await listenersOn(port);
      return listeners.some((listener) => listener.address === '127.0.0.1' && listener.pid === told);
    },
  };
}

import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty home (0700) that goes with `shared`, or when the test that asked for it is over. */
export async function temporaryHome(shared?: AsyncDisposableStack): Promise<string> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'token-tray-')));
  const remove = () => rm(home, { recursive: true, force: true });
  if (shared) shared.defer(remove);
  else onTestFinished(remove);
  return home;
}

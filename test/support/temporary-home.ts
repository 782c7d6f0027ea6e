import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty home (0700) that goes when the test that asked for it is over. */
export async function temporaryHome(): Promise<string> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'token-tray-')));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return home;
}

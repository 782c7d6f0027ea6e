import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareHome, type HomeUnusable } from './adapters/home-folder.ts';
import type { Result } from './contract/result.ts';

/** Where the tray app lives. */
export interface AppFolders {
  /** Ready to be taken, or why it cannot be. */
  readonly home: Result<string, HomeUnusable>;
  /** Chromium's own folder. It has to have one, even where all that is left to do is to say why nothing can be done. */
  readonly userData: string;
  /** For the program's end. */
  readonly remove: () => Promise<void>;
}

/** Makes the home and the folder of Chromium's in it, both 0700 and neither a link; nothing is made elsewhere. */
export async function prepareAppFolders(folder: string): Promise<AppFolders> {
  const home = await prepareHome(folder);
  const userData = home.ok ? await prepareHome(join(home.value, 'electron')) : home;
  if (userData.ok) return { home, userData: userData.value, remove: () => Promise.resolve() };
  const forNow = await mkdtemp(join(tmpdir(), 'token-tray-'));
  return { home: userData, userData: forNow, remove: () => rm(forNow, { recursive: true, force: true }) };
}

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// Not loaded when it is wanted: its clean-up after the file can be registered before the first test alone.
import { launchInStandIn } from './app-in-stand-in.ts';
import { browserExecutable } from './browser.ts';
import type { AppFolders, Launch, LaunchedApp, LaunchOptions } from './launched-app.ts';

const root = join(import.meta.dirname, '../..');

/** Whether an app can be launched at all; tests that launch one are left out, by their names, where not. */
export const canLaunchApp = electronBinary() !== null || browserExecutable() !== null;

/** Whether it is the stand-in that is launched: the key store and the packaging of real Electron are not ours to choose. */
export const launchesStandIn = electronBinary() === null && browserExecutable() !== null;

/** New folders for an app, which go when they are disposed of. */
export async function appFolders(): Promise<AppFolders> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'token-tray-app-')));
  const folders = { root: folder, home: join(folder, 'home'), system: join(folder, 'system') };
  await Promise.all([folders.home, folders.system].map((path) => mkdir(path, { mode: 0o700 })));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return { ...folders, [Symbol.asyncDispose]: remove };
}

/** Starts the built app and waits until it is ready, or has ended (a second start on the same home does). */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const folders = options.folders ?? (await appFolders());
  const env = {
    PATH: process.env['PATH'] ?? '',
    // Nothing of the person who runs the tests.
    HOME: folders.root,
    XDG_CONFIG_HOME: join(folders.root, 'config'),
    LANG: 'en_GB.UTF-8',
    TOKEN_TRAY_HOME: folders.home,
    ...(options.service !== undefined && { TOKEN_TRAY_API: options.service }),
    ...options.env,
  };
  const launch: Launch = {
    folders,
    env,
    args: options.args ?? [],
    computer: options.computer ?? {},
    main: options.main ?? join(root, 'out/main/main.js'),
    cleanUp: async () => {
      if (options.folders === undefined) await folders[Symbol.asyncDispose]();
    },
  };
  const electron = electronBinary();
  if (electron !== null && options.main === undefined) {
    const { launchInElectron } = await import('./app-in-electron.ts');
    return launchInElectron(launch, electron, root);
  }
  if (process.env['TOKEN_TRAY_E2E'] === 'electron') {
    throw new Error(
      'TOKEN_TRAY_E2E=electron asks for Electron, and its binary is not here: npx --no install-electron',
    );
  }
  return launchInStandIn(launch);
}

/** Electron's binary where it has been fetched; `null` where it has not. */
function electronBinary(): string | null {
  const installed = join(root, 'node_modules/electron/path.txt');
  if (process.env['TOKEN_TRAY_E2E'] === 'stand-in' || !existsSync(installed)) return null;
  const path: unknown = createRequire(import.meta.url)('electron');
  return typeof path === 'string' && existsSync(path) ? path : null;
}

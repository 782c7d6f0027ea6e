import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * How the computer's key store answers the first question of a process. `obfuscation`: there is none. `locked`: there is
 * one, and it gave no key: the person dismissed its prompt, or its program came late. `prompting`: the prompt is open.
 */
export type KeyStoreState = 'protected' | 'obfuscation' | 'locked' | 'other-key' | 'prompting';

/** What the computer around the app is like at its start. Told by the fixture; by hand all of it may be left out. */
export interface HostSettings {
  /** DevTools of a Chromium to use (`ws://…`); without, the stand-in starts one of its own. */
  readonly browserUrl?: string;
  /** Where what outlives a run is kept: the clipboard, the login item. Without, in memory. */
  readonly systemFolder?: string;
  /** A test speaks to the app over file descriptor 3. */
  readonly controlled?: boolean;
  /** The app was started by `app.relaunch`: the test, of this process id, connects to `controlSocket` instead. */
  readonly controller?: number;
  readonly keyStore?: KeyStoreState;
  readonly trayHost?: boolean;
  /** What Linux shows windows by; without, X11. */
  readonly windowSystem?: 'x11' | 'wayland';
  readonly notifications?: 'allowed' | 'refused' | 'unsupported';
  readonly theme?: 'light' | 'dark';
  readonly packaged?: boolean;
  /** `process.resourcesPath`: what lies beside a packaged app. */
  readonly resources?: string;
  readonly locale?: string;
}

const name = 'ELECTRON_HOST_SETTINGS';

/** Read once, before the app runs, and taken out of its sight: the app knows nothing of the stand-in. */
export const hostSettings: HostSettings = JSON.parse(process.env[name] ?? '{}') as HostSettings;
Reflect.deleteProperty(process.env, name);

/** The environment of a process that `app.relaunch` starts: on the same computer, and controlled by the same test. */
export function nextEnvironment(): NodeJS.ProcessEnv {
  const { controlled, ...settings } = hostSettings;
  const next = { ...settings, ...(controlled === true && { controller: process.ppid }) };
  return { ...process.env, [name]: JSON.stringify(next) };
}

/** Where a process that was started again listens to the test; a path of the computer's, so there is one at a time. */
export function controlSocket(systemFolder: string): string {
  return join(systemFolder, 'control.sock');
}

/** Electron's version and those of its package, as installed. */
export const electronVersion = (
  JSON.parse(
    readFileSync(new URL('../../../node_modules/electron/package.json', import.meta.url), 'utf8'),
  ) as { version: string }
).version;

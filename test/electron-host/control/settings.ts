import { readFileSync } from 'node:fs';

/** How the person's key store behaves towards the app. */
export type KeyStoreState = 'protected' | 'obfuscation' | 'locked' | 'other-key' | 'prompting';

/** What the computer around the app is like at its start. Told by the fixture; by hand all of it may be left out. */
export interface HostSettings {
  /** DevTools of a Chromium to use (`ws://…`); without, the stand-in starts one of its own. */
  readonly browserUrl?: string;
  /** Where what outlives a run is kept: the clipboard, the login item. Without, in memory. */
  readonly systemFolder?: string;
  /** A test speaks to the app over file descriptor 3. */
  readonly controlled?: boolean;
  readonly keyStore?: KeyStoreState;
  readonly trayHost?: boolean;
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

/** Electron's version and those of its package, as installed. */
export const electronVersion = (
  JSON.parse(
    readFileSync(new URL('../../../node_modules/electron/package.json', import.meta.url), 'utf8'),
  ) as { version: string }
).version;

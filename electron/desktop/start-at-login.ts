import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { App } from 'electron';
import { appName } from './app-identity.ts';
import { appImageOf } from './app-image.ts';
import { autostartEntry, isSwitchedOn, movedTo } from './autostart-entry.ts';
import { hiddenSwitch, startsHidden } from './launch-switches.ts';

/** Whether the system starts the app at login. The system's own answer counts: a person may change it there. */
export interface StartAtLogin {
  /** `false`: the system could not start this copy of the app, so a person is not offered it. */
  readonly isOffered: boolean;
  isOn(): Promise<boolean>;
  /** A person's choice. Answers what is so then. */
  set(on: boolean): Promise<boolean>;
  /** At each start: mends an entry that leads to where the program was before. Changes no choice. */
  reconcile(): Promise<void>;
}

type LoginItems = Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;

/** macOS and Windows: the login item that the system keeps. */
class LoginItem implements StartAtLogin {
  readonly isOffered = true;
  readonly #app: LoginItems;
  readonly #platform: NodeJS.Platform;
  readonly #command: { readonly path: string; readonly args: string[] };

  constructor(app: LoginItems, { platform, execPath, appPath }: Surroundings) {
    this.#app = app;
    this.#platform = platform;
    // In quotes, and not left out: Electron finds no entry of a program whose path has a space, such as ours, if it is
    // without (GetLoginItemSettingsHelper in shell/browser/browser_win.cc). macOS knows neither path nor arguments.
    this.#command = {
      path: `"${execPath}"`,
      args: [...(appPath === null ? [] : [appPath]), hiddenSwitch],
    };
  }

  isOn(): Promise<boolean> {
    const item = this.#app.getLoginItemSettings(this.#command);
    // On Windows the item stays when a person switches it off in the system's settings.
    const on = this.#platform === 'win32' ? item.executableWillLaunchAtLogin : item.status === 'enabled';
    return Promise.resolve(item.openAtLogin && on);
  }

  set(on: boolean): Promise<boolean> {
    this.#app.setLoginItemSettings({ openAtLogin: on, ...this.#command });
    return this.isOn();
  }

  reconcile(): Promise<void> {
    return Promise.resolve();
  }
}

/** Linux: an XDG autostart entry of our own (Desktop Application Autostart Specification). */
class AutostartFile implements StartAtLogin {
  readonly isOffered = true;
  readonly #path: string;
  readonly #name: string;
  readonly #command: readonly string[];

  /** `path`, `name`: the entry's; `command`: the program as it is started now, an AppImage by its own path. */
  constructor(path: string, name: string, command: readonly string[]) {
    this.#path = path;
    this.#name = name;
    this.#command = command;
  }

  async isOn(): Promise<boolean> {
    const entry = await this.#read();
    return entry !== null && isSwitchedOn(entry);
  }

  async set(on: boolean): Promise<boolean> {
    if (on) await this.#write(autostartEntry(this.#name, this.#command));
    else await rm(this.#path, { force: true }).catch(() => undefined);
    return this.isOn();
  }

  async reconcile(): Promise<void> {
    const entry = await this.#read();
    if (entry === null) return;
    const mended = movedTo(entry, this.#command);
    if (mended !== entry) await this.#write(mended);
  }

  #read(): Promise<string | null> {
    return readFile(this.#path, 'utf8').catch(() => null);
  }

  async #write(entry: string): Promise<void> {
    const temporary = `${this.#path}.tmp-${process.pid}`;
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      await writeFile(temporary, entry);
      await rename(temporary, this.#path);
    } catch {
      // What is so afterwards is read from the disk.
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }
}

/** A copy that the system cannot start by itself. */
const notOffered: StartAtLogin = {
  isOffered: false,
  isOn: () => Promise.resolve(false),
  set: () => Promise.resolve(false),
  reconcile: () => Promise.resolve(),
};

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homedir: string;
  readonly execPath: string;
  /** Where the app is, for an Electron that is no release of ours; null: it is one. */
  readonly appPath: string | null;
  /** The pages come from Vite's development server, which is not there at login. */
  readonly isDevelopment: boolean;
}

/**
 * How this system starts programs at login. A checkout has an entry of its own, so that it never changes the installed
 * app's: another file name on Linux, another AppUserModelID on Windows (app-identity.ts). On macOS a checkout cannot have
 * one: the system's item names a bundle without arguments (SMAppService.mainApp, shell/common/platform_util_mac.mm), and
 * that bundle is Electron without the app.
 */
export function startAtLogin(app: LoginItems, surroundings: Surroundings): StartAtLogin {
  const { platform, env, homedir, appPath, isDevelopment } = surroundings;
  const isInstalled = appPath === null;
  if (isDevelopment || (platform === 'darwin' && !isInstalled)) return notOffered;
  if (platform !== 'linux') return new LoginItem(app, surroundings);
  const configHome = env['XDG_CONFIG_HOME'];
  const folder = configHome?.startsWith('/') ? configHome : `${homedir}/.config`;
  const name = appName({ isPackaged: isInstalled });
  return isInstalled
    ? new AutostartFile(`${folder}/autostart/token-tray.desktop`, name, [installedProgram(surroundings)])
    : new AutostartFile(`${folder}/autostart/token-tray-checkout.desktop`, name, [
        surroundings.execPath,
        appPath,
      ]);
}

/** What runs inside an AppImage is mounted anew at each start; elsewhere a package's program has its launcher beside it. */
function installedProgram({ env, execPath }: Pick<Surroundings, 'env' | 'execPath'>): string {
  return appImageOf({ env, execPath }) ?? execPath.replace(/\/token-tray-electron$/, '/token-tray-app');
}

/** Whether the system started the app at login; macOS says so itself, the others by our switch. */
export function openedAtLogin(app: LoginItems, platform: NodeJS.Platform, argv: readonly string[]): boolean {
  return startsHidden(argv) || (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}

import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { App } from 'electron';
import { autostartEntry, isSwitchedOn, movedTo } from './autostart-entry.ts';
import { hiddenSwitch, startsHidden } from './launch-switches.ts';

/** Whether the system starts the app at login. The system's own answer counts: a person may change it there. */
export interface StartAtLogin {
  isOn(): Promise<boolean>;
  /** A person's choice. Answers what is so then. */
  set(on: boolean): Promise<boolean>;
  /** At each start: mends an entry that leads to where the program was before. Changes no choice. */
  reconcile(): Promise<void>;
}

type LoginItems = Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;

/** macOS and Windows: the login item that the system keeps. */
class LoginItem implements StartAtLogin {
  readonly #app: LoginItems;
  readonly #platform: NodeJS.Platform;

  constructor(app: LoginItems, platform: NodeJS.Platform) {
    this.#app = app;
    this.#platform = platform;
  }

  isOn(): Promise<boolean> {
    const item = this.#app.getLoginItemSettings({ args: [hiddenSwitch] });
    // On Windows the item stays when a person switches it off in the system's settings.
    const on = this.#platform === 'win32' ? item.executableWillLaunchAtLogin : item.status === 'enabled';
    return Promise.resolve(item.openAtLogin && on);
  }

  set(on: boolean): Promise<boolean> {
    this.#app.setLoginItemSettings({ openAtLogin: on, args: [hiddenSwitch] });
    return this.isOn();
  }

  reconcile(): Promise<void> {
    return Promise.resolve();
  }
}

/** Linux: an XDG autostart entry of our own (Desktop Application Autostart Specification). */
class AutostartFile implements StartAtLogin {
  readonly #path: string;
  readonly #command: readonly string[];

  /** `path`: the entry's; `command`: the program as it is started now, an AppImage by its own path. */
  constructor(path: string, command: readonly string[]) {
    this.#path = path;
    this.#command = command;
  }

  async isOn(): Promise<boolean> {
    const entry = await this.#read();
    return entry !== null && isSwitchedOn(entry);
  }

  async set(on: boolean): Promise<boolean> {
    if (on) await this.#write(autostartEntry(this.#command));
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

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homedir: string;
  readonly execPath: string;
  /** Where the app is, for an Electron that is no release of ours; null: it is one. */
  readonly appPath: string | null;
}

/** The way of this system. */
export function startAtLogin(
  app: LoginItems,
  { platform, env, homedir, execPath, appPath }: Surroundings,
): StartAtLogin {
  if (platform !== 'linux') return new LoginItem(app, platform);
  const configHome = env['XDG_CONFIG_HOME'];
  const folder = configHome?.startsWith('/') ? configHome : `${homedir}/.config`;
  // What runs inside an AppImage is mounted anew at each start; elsewhere a package's program has its launcher beside it.
  const program = env['APPIMAGE'] ?? execPath.replace(/\/token-tray-electron$/, '/token-tray-app');
  return new AutostartFile(`${folder}/autostart/token-tray.desktop`, [
    program,
    ...(appPath === null ? [] : [appPath]),
  ]);
}

/** Whether the system started the app at login; macOS says so itself, the others by our switch. */
export function openedAtLogin(app: LoginItems, platform: NodeJS.Platform, argv: readonly string[]): boolean {
  return startsHidden(argv) || (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}

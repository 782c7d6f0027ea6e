import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, LoginItemSettings, Settings } from 'electron';
import { onControl } from '../control/control-channel.ts';
import type { LoginCommand } from '../control/calls.ts';
import { hostSettings } from '../control/settings.ts';

type Entries = Readonly<Record<string, LoginCommand>>;
type Lookup = NonNullable<Parameters<App['getLoginItemSettings']>[0]>;

export interface LoginItemParts {
  readonly platform: NodeJS.Platform;
  /** The program that a path that is left out means. */
  readonly execPath: string;
  /** What outlives a run; null: nothing. */
  readonly file: string | null;
  /** `app.setAppUserModelId`. */
  readonly appUserModelId: () => string;
}

/**
 * What the system starts at login, per platform (shell/browser/browser_win.cc, browser_mac.mm, browser_linux.cc).
 * Windows: values of the registry's Run key, whose name is the AppUserModelID unless `name` is given. macOS: the running
 * bundle, without arguments. Linux: nothing.
 */
export class LoginItems {
  readonly #parts: LoginItemParts;
  #kept: Entries = {};

  constructor(parts: LoginItemParts) {
    this.#parts = parts;
    if (parts.file !== null && existsSync(parts.file)) {
      this.#kept = JSON.parse(readFileSync(parts.file, 'utf8')) as Entries;
    }
  }

  /** All entries by name, whichever app made them. */
  get all(): Entries {
    return this.#kept;
  }

  set(settings: Settings): void {
    const { platform, execPath, appUserModelId } = this.#parts;
    const { openAtLogin = false, path = '', args = [], enabled = true, name = '' } = settings;
    if (platform === 'darwin') {
      this.#refuseUnnamedService(settings);
      this.#write(execPath, openAtLogin && { command: [execPath], enabled: true });
    }
    if (platform === 'win32') {
      const command = [unquoted(path === '' ? execPath : path), ...args];
      this.#write(name === '' ? appUserModelId() : name, openAtLogin && { command, enabled });
    }
  }

  get(options: Lookup = {}): LoginItemSettings {
    const { platform, execPath, appUserModelId } = this.#parts;
    const none = { openAtLogin: false, wasOpenedAtLogin: false, executableWillLaunchAtLogin: false };
    if (platform === 'darwin') {
      this.#refuseUnnamedService(options);
      const openAtLogin = this.#kept[execPath] !== undefined;
      return {
        ...none,
        openAtLogin,
        status: openAtLogin ? 'enabled' : 'not-registered',
      } as LoginItemSettings;
    }
    if (platform !== 'win32') return none as LoginItemSettings;
    const { path = '', args = [] } = options;
    const program = programIn(path === '' ? execPath : path);
    const own = this.#kept[appUserModelId()]?.command;
    const launchItems = Object.entries(this.#kept).flatMap(([name, { command, enabled }]) => {
      const [launched = '', ...launchedArgs] = command;
      if (launched.toLowerCase() !== program.toLowerCase()) return [];
      return [{ name, path: launched, args: launchedArgs, scope: 'user', enabled }];
    });
    return {
      ...none,
      openAtLogin:
        own !== undefined &&
        JSON.stringify(own) === JSON.stringify([unquoted(path === '' ? execPath : path), ...args]),
      // Whatever the arguments, and whoever made the entry.
      executableWillLaunchAtLogin: launchItems.some(({ enabled }) => enabled),
      launchItems,
    } as LoginItemSettings;
  }

  #refuseUnnamedService({ type = 'mainAppService', serviceName = '' }: Lookup): void {
    if (type !== 'mainAppService' && serviceName === '') {
      throw new TypeError("'name' is required when type is not mainAppService");
    }
  }

  #write(name: string, entry: LoginCommand | false): void {
    const kept = new Map(Object.entries(this.#kept));
    if (entry === false) kept.delete(name);
    else kept.set(name, entry);
    this.#kept = Object.fromEntries(kept);
    const { file } = this.#parts;
    if (file !== null) writeFileSync(file, JSON.stringify(this.#kept));
  }
}

/** Electron puts every part into quotes itself, and takes a pair that is there already off. */
function unquoted(path: string): string {
  return /^".*"$/.test(path) ? path.slice(1, -1) : path;
}

/**
 * The program of a command line, which Electron takes a path for when it looks entries up: a path with a space ends
 * there unless it is in quotes, `process.execPath` too (base::CommandLine::FromString, CommandLineToArgvW).
 */
function programIn(path: string): string {
  return (/^"([^"]*)"/.exec(path) ?? /^(\S*)/.exec(path))?.[1] ?? '';
}

/** The stand-in's own, for `app`. */
export function loginItemsOf(appUserModelId: () => string): LoginItems {
  const { systemFolder } = hostSettings;
  const items = new LoginItems({
    platform: process.platform,
    execPath: process.execPath,
    file: systemFolder === undefined ? null : join(systemFolder, 'login-items.json'),
    appUserModelId,
  });
  onControl('app.loginItems', () => items.all);
  return items;
}

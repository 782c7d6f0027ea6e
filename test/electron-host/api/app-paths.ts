import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { App } from 'electron';

type PathName = Parameters<App['getPath']>[0];

const names = [
  'home',
  'appData',
  'assets',
  'userData',
  'sessionData',
  'temp',
  'exe',
  'module',
  'desktop',
  'documents',
  'downloads',
  'music',
  'pictures',
  'videos',
  'recent',
  'logs',
  'crashDumps',
] as const satisfies readonly PathName[];

/** `app.getPath` and `app.setPath`. */
export class AppPaths {
  readonly #set = new Map<string, string>();

  get(name: PathName, appName: string): string {
    if (!names.includes(name)) throw new Error(`Failed to get '${name}' path`);
    return this.#set.get(name) ?? this.#known(name, appName);
  }

  set(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute');
    if (!(names as readonly string[]).includes(name)) throw new Error(`Failed to set path '${name}'`);
    this.#set.set(name, path);
  }

  #known(name: PathName, appName: string): string {
    const home = homedir();
    const userData = () => this.get('userData', appName);
    switch (name) {
      case 'home':
        return home;
      case 'appData':
        return appData(home);
      case 'userData':
        return join(this.get('appData', appName), appName);
      case 'sessionData':
        return userData();
      case 'temp':
        return tmpdir();
      case 'exe':
      case 'module':
        return process.execPath;
      case 'logs':
        return join(userData(), 'logs');
      case 'crashDumps':
        return join(userData(), 'Crashpad');
      default:
        return join(home, name);
    }
  }
}

function appData(home: string): string {
  if (process.platform === 'win32') return process.env['APPDATA'] ?? join(home, 'AppData', 'Roaming');
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support');
  return process.env['XDG_CONFIG_HOME'] ?? join(home, '.config');
}

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { electronVersion } from '../control/settings.ts';

interface StartedApp {
  readonly path: string;
  readonly name: string;
  readonly version: string;
}

/** What Electron knows of the app it was started with: its package's, if the started file is that package's `main`. */
export const startedApp: StartedApp = find(resolve(process.argv[1] ?? ''));

function find(main: string): StartedApp {
  for (let folder = dirname(main); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (!existsSync(file)) continue;
    const described = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const { productName, name = 'Electron', version, main: entry } = described;
    if (typeof entry !== 'string' || resolve(folder, entry) !== main) break;
    return { path: folder, name: String(productName ?? name), version: String(version) };
  }
  return { path: dirname(main), name: 'Electron', version: electronVersion };
}

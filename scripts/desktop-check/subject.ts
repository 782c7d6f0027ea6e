import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve as resolvePath } from 'node:path';
import { findElectron } from '../electron-binary.mjs';
import { programOf } from './checked-app.ts';
import type { Facts } from './machine.ts';

const root = join(import.meta.dirname, '../..');

interface Manifest {
  readonly version: string;
  readonly bugs?: unknown;
  readonly repository?: unknown;
}

/** package.json of this checkout. */
export function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
}

/** The program that is checked: that of `--app`, named from `folder`, or Electron, which is fetched if need be. */
export function findProgram(
  app: string | null,
  folder: string,
): { readonly path: string } | { readonly path?: undefined; readonly reason: string } {
  if (app !== null) {
    const path = programOf(resolvePath(folder, app));
    return existsSync(path) ? { path } : { reason: `There is no program at ${path}.` };
  }
  const electron = findElectron();
  if (electron.path !== undefined) return electron;
  return {
    reason: `${electron.reason} The check needs a desktop and Electron. An installed app is checked by \`npm run desktop-check -- --app PATH\`.`,
  };
}

/** Which Token Tray is checked. */
export function appFacts(app: string | null, { version }: Manifest): Facts {
  if (app !== null) {
    return [
      ['Token Tray', 'installed'],
      ['checkout', `${version}, ${commit()}`],
    ];
  }
  const electron = JSON.parse(
    readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'),
  ) as Manifest;
  return [
    ['Token Tray', `${version}, checkout of ${commit()}`],
    ['Electron', electron.version],
  ];
}

function commit(): string {
  try {
    const args = ['-C', root, 'rev-parse', '--short', 'HEAD'];
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'an unknown commit';
  }
}

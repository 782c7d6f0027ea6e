import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { electronEnvironment } from './electron-environment.mjs';

const require = createRequire(import.meta.url);
const sandboxCheck = fileURLToPath(new URL('../packaging/linux/sandbox-check.sh', import.meta.url));

/** `{ path }` of Electron's binary, fetched if it is not there yet; or `{ reason }`, a sentence, where no window can be. */
export function findElectron() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { reason: 'There is no display here.' };
  }
  // The variable is the package's own: whoever sets it brings a binary.
  const own = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (own && !existsSync(own)) {
    return { reason: `ELECTRON_OVERRIDE_DIST_PATH names a folder that does not exist (${own}). Unset it.` };
  }
  const package_ = dirname(require.resolve('electron/package.json'));
  if (!own && !existsSync(join(package_, 'path.txt'))) {
    process.stderr.write('Fetching Electron, once …\n');
    const fetched = spawnSync(process.execPath, [join(package_, 'install.js')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
    if (fetched.status !== 0) return { reason: notFetched(fetched.stderr) };
  }
  try {
    const path = require('electron');
    const trouble = own ? null : sandboxTrouble(path);
    return trouble === null ? { path } : { reason: trouble };
  } catch {
    return { reason: notFetched('') };
  }
}

/** Why there is no binary, by what Electron's own `install.js` said (the error with its stack), and what helps. */
export function notFetched(said) {
  const cause = said
    .trim()
    .split('\n')[0]
    .replace(/^\w*Error: /, '');
  return `Electron’s binary could not be fetched${cause === '' ? '' : ` (${cause})`}. It comes from GitHub, or from the mirror that ELECTRON_MIRROR names.`;
}

/** Why Chromium's sandbox cannot start here, with the remedy; Electron would end with a crash report. Null: it can. */
function sandboxTrouble(path) {
  if (process.platform !== 'linux') return null;
  const check = spawnSync('sh', [sandboxCheck, dirname(path), basename(path)], {
    env: electronEnvironment(process.env),
    encoding: 'utf8',
  });
  return check.status === 1 ? check.stdout.trim().replaceAll('\n', ' ') : null;
}

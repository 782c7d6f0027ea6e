import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** `{ path }` of Electron's binary, fetched if it is not there yet; or `{ reason }`, a sentence, where no window can be. */
export function findElectron() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { reason: 'There is no display here.' };
  }
  // The variable is the package's own: whoever sets it brings a binary.
  const package_ = dirname(require.resolve('electron/package.json'));
  if (!process.env.ELECTRON_OVERRIDE_DIST_PATH && !existsSync(join(package_, 'path.txt'))) {
    process.stderr.write('Fetching Electron, once …\n');
    const fetched = spawnSync(process.execPath, [join(package_, 'install.js')], { stdio: 'ignore' });
    if (fetched.status !== 0) return { reason: 'Electron’s binary could not be fetched.' };
  }
  try {
    return { path: require('electron') };
  } catch {
    return { reason: 'Electron’s binary could not be fetched.' };
  }
}

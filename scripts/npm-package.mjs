// `npm run pack:cli`: the command line and the agent as a package for npm, into out/package or the folder that is named.
// It has a manifest of its own, because the root's is the whole program's, with Electron's entry and what is bundled.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [named] = process.argv.slice(2);
const destination = named === undefined ? join(root, 'out', 'package') : resolve(named);
const keyStore = '@napi-rs/keyring';

// An older version's would be taken for this one's by whoever copies *.tgz.
if (named === undefined) rmSync(destination, { recursive: true, force: true });
mkdirSync(destination, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'token-tray-package-'));
try {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  copy('packaging/npm/README.md', 'README.md');
  copy('LICENSE', 'LICENSE');
  copy('packaging/systemd', 'systemd');
  copy('packaging/launchd', 'launchd');
  copy('packaging/docker', 'docker');
  // Neither source maps nor what V8 compiled for this computer.
  copy('out/cli', 'cli', (path) => !/[\\/]compiled$|\.map$/.test(path));
  // npm lists what is in it, with the sizes.
  const packed = await runNpm(['pack', '--pack-destination', destination], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (!packed) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function manifest() {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { name, version, description, keywords, license, author, engines, dependencies } = own;
  const { homepage, bugs, repository } = own;
  return {
    ...{ name, version, description, keywords, license, author, homepage, bugs, repository },
    type: 'commonjs',
    bin: { 'token-tray': 'cli/token-tray.cjs' },
    files: ['cli', 'systemd', 'launchd', 'docker'],
    engines,
    // The one library that cannot be bundled, since it is native.
    dependencies: { [keyStore]: dependencies[keyStore] },
  };
}

function copy(from, to, filter = () => true) {
  cpSync(join(root, from), join(folder, to), { recursive: true, filter });
}

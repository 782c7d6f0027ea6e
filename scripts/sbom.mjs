// `npm run sbom`: what the program is shipped with, with versions and licences, as CycloneDX on standard output. By npm's
// own `sbom`, in a copy without development's packages: with them, it leaves out what is there for both.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'));

const temporary = mkdtempSync(join(tmpdir(), 'token-tray-sbom-'));
// npm names what it lists after the folder.
const folder = join(temporary, 'token-tray');
mkdirSync(folder);
try {
  const manifest = read('package.json');
  const { packages, ...lock } = read('package-lock.json');
  const { '': own, ...installed } = packages;
  // The optional packages of the manifest are the Node.js that a clone runs on.
  const node = Object.keys(manifest.optionalDependencies).map((name) => `node_modules/${name}`);
  const shipped = Object.entries(installed).filter(
    ([path, { dev, devOptional }]) => !dev && !devOptional && !node.includes(path),
  );
  for (const part of [manifest, own]) {
    delete part.devDependencies;
    delete part.optionalDependencies;
  }
  write('package.json', manifest);
  write('package-lock.json', { ...lock, packages: { '': own, ...Object.fromEntries(shipped) } });
  const args = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
  if (!(await runNpm(args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] }))) process.exitCode = 1;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

function write(name, content) {
  writeFileSync(join(folder, name), JSON.stringify(content));
}

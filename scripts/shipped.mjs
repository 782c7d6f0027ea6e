// What each artifact of a release is shipped with: the libraries that its bundles hold, and what stands beside them.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** `bundled`: lists that Vite writes. `besides`: packages that are shipped as they are. */
export const artifacts = {
  app: {
    title: 'Token Tray (tray app)',
    bundled: ['out/main', 'out/preload', 'out/renderer'].map((folder) => `${folder}/.vite/license.md`),
    // Vue's own module only passes on the modules of its parts, so the bundle holds those alone; advisories name it too.
    besides: ['electron', 'vue'],
  },
  cli: {
    title: 'token-tray (npm package)',
    bundled: ['out/cli/licences.md'],
    besides: ['@napi-rs/keyring'],
  },
};

/**
 * Runs `use` in a temporary folder with a manifest and a lock file that list what an artifact is shipped with, and
 * nothing else. npm itself cannot tell: Electron is a development package, and one lock file serves all artifacts.
 */
export async function withShipped(artifact, use) {
  const { bundled, besides } = artifacts[artifact];
  const { version, license } = readJson('package.json');
  const { packages, ...lock } = readJson('package-lock.json');
  const { names, shipped } = shippedPackages(packages, bundled.flatMap(namesIn), besides);
  const dependencies = Object.fromEntries(
    Object.entries(shipped)
      .filter(([path]) => path.lastIndexOf('node_modules/') === 0)
      .map(([path, entry]) => [nameOf(path), entry.version]),
  );
  const own = { name: 'token-tray', version, license, dependencies };
  const temporary = mkdtempSync(join(tmpdir(), 'token-tray-shipped-'));
  // npm names what it lists after the folder.
  const folder = join(temporary, own.name);
  try {
    mkdirSync(folder);
    const write = (name, content) => writeFileSync(join(folder, name), JSON.stringify(content));
    write('package.json', own);
    write('package-lock.json', { ...lock, packages: { '': own, ...shipped } });
    return await use(folder, names);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** The lock file's entries of `bundled` (`name@version`) and `besides`, which name one another and no further package. */
export function shippedPackages(packages, bundled, besides) {
  const optional = besides.flatMap((name) =>
    Object.keys(packages[`node_modules/${name}`].optionalDependencies ?? {}),
  );
  const wanted = new Set(bundled);
  const found = Object.entries(packages).filter(
    ([path, { version }]) =>
      path !== '' &&
      (wanted.has(`${nameOf(path)}@${version}`) || [...besides, ...optional].includes(nameOf(path))),
  );
  const names = new Set(found.map(([path]) => nameOf(path)));
  const missing = [...wanted].filter((each) => !names.has(each.slice(0, each.lastIndexOf('@'))));
  if (missing.length > 0) throw new Error(`package-lock.json does not list ${missing.join(', ')}.`);
  const among = (list = {}) => Object.fromEntries(Object.entries(list).filter(([name]) => names.has(name)));
  const shipped = found.map(([path, { version, resolved, integrity, license, ...entry }]) => [
    path,
    {
      ...{ version, resolved, integrity, license },
      dependencies: among(entry.dependencies),
      optionalDependencies: among(entry.optionalDependencies),
    },
  ]);
  return { names, shipped: Object.fromEntries(shipped) };
}

/** The libraries that Vite lists as `## name - version (licence)`. */
function namesIn(file) {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/^## (\S+) - (\S+)/gm)].map(([, name, version]) => `${name}@${version}`);
}

function nameOf(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function readJson(name) {
  return JSON.parse(readFileSync(join(root, name), 'utf8'));
}

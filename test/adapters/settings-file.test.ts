import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFileSettings } from '../../electron/adapters/settings-file.ts';
import type { HomeFinding } from '../../electron/contract/doctor-findings.ts';
import { FaultyFiles } from '../support/faulty-files.ts';
import { RememberingLog } from '../support/remembering-log.ts';
import { wallAtNoon } from '../support/stored-vault.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const onPosix = process.platform !== 'win32';

async function settingsWith(content: string | null) {
  const home = await temporaryHome();
  const path = join(home, 'settings.json');
  if (content !== null) await writeFile(path, content);
  const log = new RememberingLog();
  const open = () => openFileSettings({ home, log, clock: wallAtNoon });
  return { home, path, log, open, settings: await open() };
}

function all(settings: Awaited<ReturnType<typeof openFileSettings>>) {
  return (['port', 'alwaysFresh', 'programsOfThisUser', 'defaultAccount'] as const).map((name) =>
    settings.get(name),
  );
}

const defaults = [null, false, true, null];

describe('the settings', () => {
  it('are the defaults where nothing was chosen, and no file is made', async () => {
    const { settings, home } = await settingsWith(null);
    expect(all(settings)).toEqual(defaults);
    expect(await readdir(home)).toEqual([]);
  });

  it('keep a choice for the next start, in a file for this user alone', async () => {
    const { settings, open, path } = await settingsWith(null);
    expect(await settings.set('port', 50_000)).toBe(true);
    expect(await settings.set('defaultAccount', 'anna@warehouse.example')).toBe(true);
    expect(settings.get('port')).toBe(50_000);
    expect(all(await open())).toEqual([50_000, false, true, 'anna@warehouse.example']);
    if (onPosix) expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('keep what a later version chose', async () => {
    const { settings, path } = await settingsWith('{ "theme": "dark", "port": 50000 }');
    await settings.set('alwaysFresh', true);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      theme: 'dark',
      port: 50_000,
      alwaysFresh: true,
    });
  });

  it('name further hosts by their addresses, as they are compared', async () => {
    const { settings } = await settingsWith(
      '{ "furtherHosts": { "orders": "https://Orders.example/api/", "here": "http://127.0.0.1:8080" } }',
    );
    expect(settings.get('furtherHosts')).toEqual({
      orders: 'https://orders.example/api',
      here: 'http://127.0.0.1:8080',
    });
  });

  it.each([
    '{ "orders": "http://orders.example" }',
    '{ "orders": "orders.example" }',
    '{ "orders": "https://me:pass@orders.example" }',
    '{ "Orders": "https://orders.example" }',
    '{ "a/b": "https://orders.example" }',
    '{ "__proto__": "https://orders.example" }',
    '{ "orders": 7 }',
  ])('name no further host by %s, and another one all the same', async (hosts) => {
    const wrong = hosts.slice(1, -1);
    const { settings } = await settingsWith(
      `{ "port": 50000, "furtherHosts": { ${wrong}, "good": "https://good.example" } }`,
    );
    expect(settings.get('furtherHosts')).toEqual({ good: 'https://good.example' });
    expect(settings.get('port')).toBe(50_000);
  });

  it('say in the log which of them will not do, without its address', async () => {
    const { log } = await settingsWith(
      '{ "furtherHosts": { "orders": "http://orders.example", "Wrong Name": "https://a.example", "good": "https://b.example" } }',
    );
    expect(log.events).toEqual(
      ['furtherHosts.orders', 'furtherHosts.Wrong Name'].map((name) => ({
        event: 'setting_ignored',
        fields: { name },
      })),
    );
  });

  it('name none where they are no names at all, and say so in the log', async () => {
    const { settings, log } = await settingsWith('{ "furtherHosts": ["https://orders.example"] }');
    expect(settings.get('furtherHosts')).toEqual({});
    expect(log.events).toContainEqual(
      expect.objectContaining({ event: 'setting_ignored', fields: { name: 'furtherHosts' } }),
    );
  });

  it.each(['', '{"port": 500', 'null', '[]', '7', '"text"', '\0\0\0'])(
    'V19 that are corrupt (%j) are kept aside, and the defaults count',
    async (content) => {
      const { settings, log, path, open } = await settingsWith(content);
      expect(all(settings)).toEqual(defaults);
      const aside = 'settings.json.corrupt-2026-11-23T120000.000Z';
      expect(log.events).toEqual([{ event: 'settings_set_aside', fields: { keptAs: aside } }]);
      expect(await readFile(`${path}.corrupt-2026-11-23T120000.000Z`, 'utf8')).toBe(content);
      expect(await settings.set('port', 50_000)).toBe(true);
      expect((await open()).get('port')).toBe(50_000);
    },
  );

  it('V19 lose one value that is wrong, and only that', async () => {
    const content =
      '{ "port": 0, "alwaysFresh": "yes", "programsOfThisUser": false, "defaultAccount": "anna" }';
    const { settings, log } = await settingsWith(content);
    expect(all(settings)).toEqual([null, false, false, 'anna']);
    expect(log.events).toEqual(
      ['port', 'alwaysFresh'].map((name) => ({ event: 'setting_ignored', fields: { name } })),
    );
  });

  it.runIf(onPosix)('V15 that are a link are not followed: choices hold until the program ends', async () => {
    const { home, path, log } = await settingsWith(null);
    const elsewhere = join(await temporaryHome(), 'elsewhere.json');
    await writeFile(elsewhere, '{"port": 50000}');
    await symlink(elsewhere, path);
    const settings = await openFileSettings({ home, log, clock: wallAtNoon });
    expect(settings.get('port')).toBeNull();
    expect(await settings.set('port', 50_001)).toBe(false);
    expect(settings.get('port')).toBe(50_001);
    expect(await readFile(elsewhere, 'utf8')).toBe('{"port": 50000}');
  });

  it.runIf(onPosix)('X9 that are a link, a folder or damaged are told at the start', async () => {
    for (const [make, code] of [
      [(path: string) => symlink('/nowhere', path), 'file_not_regular'],
      [(path: string) => mkdir(path), 'file_not_regular'],
      [(path: string) => writeFile(path, '{"port": '), 'file_corrupt'],
      [(path: string) => writeFile(path, '{}'), null],
    ] as const) {
      const { home, path, log } = await settingsWith(null);
      await make(path);
      const told: string[] = [];
      const trouble = (finding: { code: string }) => void told.push(finding.code);
      await openFileSettings({ home, log, clock: wallAtNoon, trouble });
      expect(told).toEqual(code === null ? [] : [code]);
    }
  });

  it('X9 that this user may not read are told at the start, and left alone', async () => {
    const { home, path, log } = await settingsWith('{"port": 50000}');
    const told: HomeFinding[] = [];
    const settings = await openFileSettings({
      home,
      log,
      clock: wallAtNoon,
      files: new FaultyFiles().failAt('open', 'EACCES'),
      trouble: (finding) => void told.push(finding),
    });
    expect(told).toEqual([{ code: 'file_unreadable', file: 'settings.json', reason: 'no_permission' }]);
    expect(settings.get('port')).toBeNull();
    expect(await settings.set('alwaysFresh', true)).toBe(false);
    expect(await readFile(path, 'utf8')).toBe('{"port": 50000}');
  });

  it('X9 of which single ones are invalid are told by their names at the start', async () => {
    const { home, path, log } = await settingsWith(null);
    await writeFile(path, '{ "port": "50000", "language": "fr", "furtherHosts": { "orders": 7 } }');
    const told: HomeFinding[] = [];
    const trouble = (finding: HomeFinding) => void told.push(finding);
    await openFileSettings({ home, log, clock: wallAtNoon, trouble });
    expect(told).toEqual(
      ['port', 'language', 'furtherHosts.orders'].map((name) => ({ code: 'setting_ignored', name })),
    );
  });

  it('that become corrupt while the program runs hold on, and say that they are not saved', async () => {
    const { settings, path, log } = await settingsWith('{}');
    await writeFile(path, 'garbage');
    expect(await settings.set('alwaysFresh', true)).toBe(false);
    expect(settings.get('alwaysFresh')).toBe(true);
    expect(log.names).toEqual(['setting_not_saved']);
    expect(await readFile(path, 'utf8')).toBe('garbage');
  });
});

import { chmod, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LookingFiles } from '../../../electron/adapters/doctor/looking-files.ts';
import { lookAtStored, lookElsewhere } from '../../../electron/adapters/doctor/stored-look.ts';
import { replaceFile } from '../../../electron/adapters/atomic-file.ts';
import { readPrivateFile } from '../../../electron/adapters/private-file.ts';
import { bensSession, session } from '../../support/session-records.ts';
import { StoredVault } from '../../support/stored-vault.ts';
import { temporaryHome } from '../../support/temporary-home.ts';
import { intent, ledgerIn } from '../../support/written-ledger.ts';

const day = 24 * 60 * 60 * 1000;

/** Each file's name, bytes, mode and time, which a look must leave as they are. */
async function contents(home: string): Promise<readonly unknown[]> {
  const names = (await readdir(home)).sort();
  return Promise.all(
    names.map(async (name) => {
      const { mode, mtimeMs } = await stat(join(home, name));
      return [name, await readFile(join(home, name), 'latin1'), mode, mtimeMs];
    }),
  );
}

describe('what is stored in a home', () => {
  it('is nothing in an empty one, and in one that is not there', async () => {
    const home = await temporaryHome();
    const nothing = { findings: [], port: null, services: [], openRequests: 0 };
    expect(await lookAtStored(home)).toMatchObject(nothing);
    expect(await lookAtStored(join(home, 'none'))).toMatchObject(nothing);
  });

  it('tells the services of the accounts, each once, and the port of the settings', async () => {
    const home = await temporaryHome();
    const vault = new StoredVault(home);
    await vault.write(session(1), 0);
    await vault.write(bensSession(1), 0);
    await writeFile(join(home, 'settings.json'), '{"port":50000}', { mode: 0o600 });
    const stored = await lookAtStored(home);
    expect(stored).toMatchObject({ findings: [], port: 50_000, services: ['https://auth.example.com'] });
    expect(stored.vaults.keyring.current).not.toBeNull();
    const account = 'anna@warehouse.example';
    expect(await lookElsewhere(home, 'memory')).toContainEqual({ account, protection: vault.keyStore });
    expect(await lookElsewhere(home, vault.keyStore)).toEqual([]);
  });

  it('V05, V06, V19 names what is damaged or newer, and changes nothing', async () => {
    const home = await temporaryHome();
    for (const [name, text] of [
      ['vault.keyring.json', 'no vault'],
      ['vault.passphrase.json', '{"version":2}'],
      ['settings.json', '[]'],
      ['tools.json', '{"version":7}'],
    ] as const) {
      await writeFile(join(home, name), text, { mode: 0o644 });
    }
    const { ledger, now } = ledgerIn(home);
    await ledger.appendIntent(intent('old', now - 200 * day));
    await ledger.appendIntent(intent('new', now));
    const before = await contents(home);
    expect((await lookAtStored(home)).findings).toEqual([
      { code: 'file_corrupt', file: 'vault.keyring.json' },
      { code: 'file_corrupt', file: 'settings.json' },
      { code: 'file_unreadable', file: 'vault.passphrase.json', reason: 'newer_version' },
      { code: 'file_unreadable', file: 'tools.json', reason: 'newer_version' },
    ]);
    expect(await contents(home)).toEqual(before);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'names a file that this user may not read',
    async () => {
      const { ledger, now, path } = ledgerIn(await temporaryHome());
      await ledger.appendIntent(intent('line-1', now));
      await chmod(path, 0o000);
      expect((await lookAtStored(join(path, '..'))).findings).toEqual([
        { code: 'file_unreadable', file: 'ledger.jsonl', reason: 'no_permission' },
      ]);
    },
  );

  it('names a setting that is not used', async () => {
    const home = await temporaryHome();
    const content = '{ "port": 0, "furtherHosts": { "orders": "orders.example" } }';
    await writeFile(join(home, 'settings.json'), content);
    expect((await lookAtStored(home)).findings).toEqual([
      { code: 'setting_ignored', name: 'port' },
      { code: 'setting_ignored', name: 'furtherHosts.orders' },
    ]);
  });

  it('V15 does not follow a link', async () => {
    const home = await temporaryHome();
    const elsewhere = join(await temporaryHome(), 'settings.json');
    await writeFile(elsewhere, '{"port":1}');
    await symlink(elsewhere, join(home, 'settings.json'));
    expect(await lookAtStored(home)).toMatchObject({ findings: [], port: null });
  });
});

describe('requests that ended with the process', () => {
  async function homeAfter(generation: number, answered: boolean): Promise<string> {
    const home = await temporaryHome();
    const { account, service, username } = session(1);
    const sealed = { account, service, username, form: 'basic', refusal: null, generation, sealed: 'text' };
    const vault = { version: 1, key: 'text', floor: 0, accounts: [sealed] };
    await writeFile(join(home, 'vault.keyring.json'), JSON.stringify(vault), { mode: 0o600 });
    const { ledger, now } = ledgerIn(home);
    await ledger.appendIntent(intent('earlier', now - 2));
    await ledger.appendIntent(intent('last', now - 1));
    if (answered) await ledger.appendOutcome('last', now, { kind: 'lost' });
    return home;
  }

  it('are those without an answer and without a newer generation in the vault', async () => {
    expect((await lookAtStored(await homeAfter(3, false))).openRequests).toBe(1);
    expect((await lookAtStored(await homeAfter(4, false))).openRequests).toBe(0);
    expect((await lookAtStored(await homeAfter(3, true))).openRequests).toBe(0);
  });
});

describe('files that are only looked at', () => {
  it.skipIf(process.platform === 'win32')('are read as they are, loosened ones too', async () => {
    const path = join(await temporaryHome(), 'file');
    await writeFile(path, 'text', { mode: 0o644 });
    const read = await readPrivateFile(path, { files: new LookingFiles() });
    expect(read).toEqual({ kind: 'content', bytes: Buffer.from('text') });
    expect((await stat(path)).mode & 0o777).toBe(0o644);
  });

  it('refuse every change as a read-only disk does, and tell what was to be moved', async () => {
    const home = await temporaryHome();
    const path = join(home, 'file');
    await writeFile(path, 'text');
    const files = new LookingFiles();
    expect(await replaceFile(path, Buffer.from('other'), { files })).toEqual({
      ok: false,
      failure: 'read_only',
    });
    for (const change of [
      () => files.rename(path),
      () => files.unlink(),
      () => files.mkdir(),
      () => files.chmod(),
    ]) {
      await expect(change()).rejects.toMatchObject({ code: 'EROFS' });
    }
    expect(files.moved).toEqual(['file']);
    expect(await readdir(home)).toEqual(['file']);
    expect(await readFile(path, 'utf8')).toBe('text');
  });
});

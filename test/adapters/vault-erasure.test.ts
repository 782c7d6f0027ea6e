import { readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MemoryVault } from '../../electron/adapters/memory-vault.ts';
import { storedElsewhere } from '../../electron/adapters/vault-erasure.ts';
import { FaultyFiles } from '../support/faulty-files.ts';
import { silentLog } from '../support/in-memory-home.ts';
import { MarkingKeyProtector } from '../support/marking-key-protector.ts';
import { bensSession, session } from '../support/session-records.ts';
import { outcome, StoredVault } from '../support/stored-vault.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const anna = session(1).account;
const protections = ['keyring', 'passphrase', 'safe-storage'] as const;

/** A home where Anna and Ben are in the vaults of all three protections, in both generations. */
async function fullHome(): Promise<string> {
  const home = await temporaryHome();
  for (const protection of protections) {
    const vault = new StoredVault(home, { protector: new MarkingKeyProtector('this computer', protection) });
    await vault.write(bensSession(1), 0);
    await vault.write(session(1), 0);
    await vault.write(session(2), 1);
  }
  return home;
}

async function filesThatName(account: string, home: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(home)) {
    if ((await readFile(join(home, name), 'utf8')).includes(account)) found.push(name);
  }
  return found;
}

describe('signing out', () => {
  it('V17 deletes the account from every vault of the home, both generations, without any key', async () => {
    const home = await fullHome();
    const protector = new MarkingKeyProtector();
    protector.locked = true;
    const vault = new StoredVault(home, { protector });
    expect(outcome(await vault.remove(anna))).toBe('ok true');
    expect(outcome(await vault.remove(anna))).toBe('ok false');
    expect(await filesThatName(anna, home)).toEqual([]);
    expect(await filesThatName(bensSession(1).account, home)).toHaveLength(6);
    protector.locked = false;
    expect(await vault.contents()).toEqual(['access-1 (1)']);
  });

  it('V17 while a save is in flight ends erased', async () => {
    const vault = new StoredVault(await temporaryHome());
    await vault.write(session(1), 0);
    const results = await Promise.all([vault.write(session(2), 1), vault.remove(anna)]);
    expect(results.map(outcome)).toEqual(['ok 2', 'ok true']);
    expect(await vault.contents()).toEqual([]);
    expect(await filesThatName(anna, vault.home)).toEqual([]);
  });

  it('V17 takes killed writes away too', async () => {
    const home = await fullHome();
    await writeFile(join(home, 'vault.keyring.json.tmp-0123456789abcdef'), anna);
    await writeFile(join(home, 'ledger.jsonl.tmp-0123456789abcdef'), 'another writer is at work');
    await new StoredVault(home).remove(anna);
    expect(await filesThatName(anna, home)).toEqual([]);
    expect(await readdir(home)).toContain('ledger.jsonl.tmp-0123456789abcdef');
  });

  it('V17 goes on after one vault that cannot be changed, and says so', async () => {
    const home = await fullHome();
    await rm(join(home, 'vault.keyring.json'));
    await symlink(join(home, 'vault.passphrase.json'), join(home, 'vault.keyring.json'));
    const vault = new StoredVault(home);
    expect(outcome(await vault.remove(anna))).toBe('vault_unwritable not_a_file');
    expect(await filesThatName(anna, home)).toEqual([]);
    expect(vault.log.events).toEqual([
      { event: 'vault_not_erased', fields: { file: 'vault.keyring.json', reason: 'not_a_file' } },
    ]);
  });

  it('V17 says so where the disk takes no change, and then can be repeated', async () => {
    const home = await fullHome();
    const vault = new StoredVault(home, { files: new FaultyFiles().failAt('write', 'ENOSPC', 1) });
    expect(outcome(await vault.remove(anna))).toBe('vault_unwritable disk_full');
    expect(outcome(await vault.remove(anna))).toBe('ok true');
    expect(await filesThatName(anna, home)).toEqual([]);
  });

  it('V16 and in again counts on, so that no line of the ledger means two records', async () => {
    const vault = new StoredVault(await temporaryHome());
    await vault.write(session(1), 0);
    await vault.write(session(2), 1);
    await vault.remove(anna);
    expect(outcome(await vault.write(session(3), 0))).toBe('ok 3');
  });
});

describe('each start', () => {
  it('can say which accounts other vaults of the home hold', async () => {
    const home = await fullHome();
    expect(await storedElsewhere(home, 'keyring')).toEqual(
      ['passphrase', 'safe-storage'].flatMap((protection) => [
        { account: bensSession(1).account, protection },
        { account: anna, protection },
      ]),
    );
  });

  it('finds none in an empty home, nor in what cannot be read', async () => {
    const home = await temporaryHome();
    expect(await storedElsewhere(home, 'keyring')).toEqual([]);
    await writeFile(join(home, 'vault.passphrase.json'), 'garbage');
    await writeFile(join(home, 'vault.safe-storage.json'), '{"version":2}');
    expect(await storedElsewhere(home, 'keyring')).toEqual([]);
    expect(await readFile(join(home, 'vault.passphrase.json'), 'utf8')).toBe('garbage');
  });
});

describe('a vault in memory', () => {
  it('keeps sessions for as long as the program runs, and writes nothing', async () => {
    const home = await temporaryHome();
    const vault = new MemoryVault({ home, log: silentLog });
    expect(await vault.write(session(1), 0)).toEqual({ ok: true, value: 1 });
    expect(outcome(await vault.write(session(2), 0))).toBe('vault_unwritable changed_meanwhile');
    expect(await vault.read()).toEqual({
      ok: true,
      value: [{ record: session(1), generation: 1, unreadable: false }],
    });
    expect((await vault.stored()).map(({ account }) => account)).toEqual([anna]);
    expect(await readdir(home)).toEqual([]);
  });

  it('V17 forgets an account in the home’s other vaults as well', async () => {
    const home = await fullHome();
    const vault = new MemoryVault({ home, log: silentLog });
    await vault.write(session(1), 0);
    expect(await vault.remove(anna)).toEqual({ ok: true, value: true });
    expect(await vault.read()).toEqual({ ok: true, value: [] });
    expect(await filesThatName(anna, home)).toEqual([]);
    expect(await vault.write(session(1), 0)).toEqual({ ok: true, value: 2 });
  });
});

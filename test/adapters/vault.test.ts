import { readdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { MarkingKeyProtector } from '../support/marking-key-protector.ts';
import { bensSession, session } from '../support/session-records.ts';
import { outcome, StoredVault, wordsOf } from '../support/stored-vault.ts';
import { temporaryHome } from '../support/temporary-home.ts';

async function newVault(): Promise<StoredVault> {
  return new StoredVault(await temporaryHome());
}

describe('a vault', () => {
  it('gives a stored session back at the next start', async () => {
    const vault = await newVault();
    expect(outcome(await vault.write(session(1), 0))).toBe('ok 1');
    const read = await new StoredVault(vault.home).read();
    expect(read).toEqual({ ok: true, value: [{ record: session(1), generation: 1, unreadable: false }] });
    // Secrets do not show themselves to toEqual.
    const tokens = read.ok ? read.value[0]?.record.tokens : null;
    expect([tokens?.accessToken.reveal(), tokens?.refreshToken.reveal()]).toEqual(['access-1', 'refresh-1']);
  });

  it('is empty, and asks for no key, where nothing is stored', async () => {
    const protector = new MarkingKeyProtector();
    protector.locked = true;
    const vault = new StoredVault(await temporaryHome(), { protector });
    expect(await vault.contents()).toEqual([]);
    expect(await readdir(vault.home)).toEqual([]);
  });

  it('keeps the sessions of several accounts, and counts the writes of each', async () => {
    const vault = await newVault();
    await vault.write(session(1), 0);
    await vault.write(bensSession(5), 0);
    await vault.write(session(2), 1);
    expect(await vault.contents()).toEqual(['access-5 (1)', 'access-2 (2)']);
  });

  it('keeps a refusal, with the tokens and without them', async () => {
    const vault = await newVault();
    await vault.write(session(1, { refusal: 'expired' }), 0);
    await vault.write(session(1, { refusal: 'suspended', tokens: null }), 1);
    const read = await vault.read();
    expect(read.ok && read.value[0]?.record).toEqual(session(1, { refusal: 'suspended', tokens: null }));
  });

  it('writes nothing where the stored generation is not the expected one', async () => {
    const vault = await newVault();
    await vault.write(session(1), 0);
    const before = await vault.bytes();
    const refused = await vault.write(session(2), 0);
    expect(outcome(refused)).toBe('vault_unwritable changed_meanwhile');
    expect(wordsOf(refused)).toContain('another program');
    expect(await vault.bytes()).toEqual(before);
  });

  it('puts overlapping writes in order', async () => {
    const vault = await newVault();
    const results = await Promise.all([1, 2, 3, 4].map((number) => vault.write(session(number), number - 1)));
    expect(results.map(outcome)).toEqual(['ok 1', 'ok 2', 'ok 3', 'ok 4']);
    expect(await vault.contents()).toEqual(['access-4 (4)']);
  });

  it('holds no token, account key or refresh token in clear', async () => {
    const vault = await newVault();
    await vault.write(session(1), 0);
    const text = (await vault.bytes()).toString();
    expect(text).toContain('anna@warehouse.example');
    for (const secret of ['access-1', 'refresh-1']) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString('base64url'));
    }
  });

  it('says what is stored without its key', async () => {
    const protector = new MarkingKeyProtector();
    const vault = new StoredVault(await temporaryHome(), { protector });
    await vault.write(session(1), 0);
    protector.locked = true;
    const { account, service, username } = session(1);
    expect(await new StoredVault(vault.home, { protector }).stored()).toEqual([
      { account, service, username, form: 'basic', generation: 1 },
    ]);
  });

  it('V16 gives yesterday’s file back with yesterday’s generation, and numbers on from the newest that anybody knows', async () => {
    const vault = await newVault();
    await vault.write(session(1), 0);
    const yesterday = await vault.bytes();
    await vault.write(session(2), 1);
    await vault.write(session(3), 2);
    await writeFile(vault.file, yesterday);
    const restarted = new StoredVault(vault.home);
    expect(await restarted.contents()).toEqual(['access-1 (1)']);
    // The other file knows of two; a session that went through three of them knows better.
    expect(outcome(await restarted.write(session(4), 1))).toBe('ok 3');
    await writeFile(vault.file, yesterday);
    expect(outcome(await restarted.write(session(5), 7))).toBe('ok 8');
    expect(outcome(await restarted.write(session(6), 7))).toBe('vault_unwritable changed_meanwhile');
  });

  it('checks that a write can be hoped for, and leaves nothing behind', async () => {
    const vault = await newVault();
    expect(outcome(await vault.check())).toBe('ok null');
    expect(await readdir(vault.home)).toEqual([]);
  });

  it('overwrites its keys at the end, and asks for them again after that', async () => {
    const protector = new MarkingKeyProtector();
    const vault = new StoredVault(await temporaryHome(), { protector });
    await vault.write(session(1), 0);
    await vault.close();
    protector.locked = true;
    expect(await vault.contents()).toEqual(['vault_locked key_store']);
  });
});

describe('a vault whose key store', () => {
  it('is locked answers so, and changes nothing', async () => {
    const protector = new MarkingKeyProtector();
    const vault = new StoredVault(await temporaryHome(), { protector });
    await vault.write(session(1), 0);
    const before = await vault.bytes();
    protector.locked = true;
    const locked = new StoredVault(vault.home, { protector });
    expect(await locked.contents()).toEqual(['vault_locked key_store']);
    expect(outcome(await locked.write(session(2), 1))).toBe('vault_locked key_store');
    expect(outcome(await locked.check())).toBe('vault_locked key_store');
    expect(await vault.bytes()).toEqual(before);
    expect(await readdir(vault.home)).toEqual(['vault.keyring.json']);
    protector.locked = false;
    expect(await locked.contents()).toEqual(['access-1 (1)']);
  });

  it('is locked later, still saves with the key that it opened before', async () => {
    const protector = new MarkingKeyProtector();
    const vault = new StoredVault(await temporaryHome(), { protector });
    await vault.write(session(1), 0);
    protector.locked = true;
    expect(outcome(await vault.write(session(2), 1))).toBe('ok 2');
  });

  it('V08 has another key shows the accounts as unreadable, and changes nothing', async () => {
    const vault = await newVault();
    await vault.write(session(1), 0);
    const before = await vault.bytes();
    const other = new StoredVault(vault.home, { protector: new MarkingKeyProtector('another computer') });
    expect(await other.contents()).toEqual(['unreadable (1)']);
    expect(outcome(await other.check())).toBe('ok null');
    expect(await vault.bytes()).toEqual(before);
    expect(await readdir(vault.home)).toEqual(['vault.keyring.json']);
  });

  it('V08 has another key keeps a copy of the old file before it is written over, once', async () => {
    const vault = await newVault();
    await vault.write(session(1), 0);
    await vault.write(bensSession(1), 0);
    const before = await vault.bytes();
    const other = new StoredVault(vault.home, { protector: new MarkingKeyProtector('another computer') });
    expect(outcome(await other.write(session(7), 1))).toBe('ok 2');
    expect(outcome(await other.write(session(8), 2))).toBe('ok 3');

    const keptAs = 'vault.keyring.json.undecryptable-2026-11-23T120000.000Z';
    expect(await readFile(`${other.file}.undecryptable-2026-11-23T120000.000Z`)).toEqual(before);
    expect(other.notices).toEqual([{ kind: 'undecryptable', file: 'vault.keyring.json', keptAs }]);
    expect(await other.contents()).toEqual(['unreadable (1)', 'access-8 (3)']);
  });

  it('V09 wants the key protected again gets that once, and the old text serves where that fails', async () => {
    const protector = new MarkingKeyProtector();
    const vault = new StoredVault(await temporaryHome(), { protector });
    await vault.write(session(1), 0);
    protector.wantsRenewal = true;
    const restarted = new StoredVault(vault.home, { protector });
    for (const look of [1, 2, 3])
      expect(await restarted.contents(), `look ${look}`).toEqual(['access-1 (1)']);
    expect((await vault.bytes()).toString()).toContain('#2');
    expect(protector.protections).toBe(2);
  });
});

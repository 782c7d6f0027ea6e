import { readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { PassphraseKey } from '../../electron/adapters/passphrase-key.ts';
import { Secret } from '../../electron/core/secret.ts';
import { session } from '../support/session-records.ts';
import { outcome, StoredVault, wordsOf } from '../support/stored-vault.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const dataKey = Buffer.alloc(32, 7);
const key = (passphrase: string) => new PassphraseKey(new Secret(passphrase));

// Each new key takes a good part of a second and 128 MiB.
describe('the key under a passphrase', { timeout: 60_000 }, () => {
  let text = '';
  beforeAll(async () => {
    const kept = await key('correct horse').protect(dataKey);
    text = kept.ok ? kept.value : '';
  });

  it('opens with the same passphrase at the next start, and with no other', async () => {
    expect(text).toMatch(/^scrypt-17-8-1\.[\w-]{22}\.[\w-]+$/);
    const [opened, other] = await Promise.all(
      ['correct horse', 'correct house'].map((passphrase) => key(passphrase).unprotect(text)),
    );
    expect(opened?.ok === true && dataKey.equals(opened.value.dataKey)).toBe(true);
    expect(other).toEqual({ ok: false, failure: { kind: 'locked', reason: 'passphrase' } });
  });

  it.each(['', 'sealed:x', 'scrypt-17-8-1..', 'scrypt-30-8-1.AAAAAAAAAAAAAAAAAAAAAA.AAAA'])(
    'finds nothing to open in “%s”, and spends no time on it',
    async (text) => {
      expect(await key('any').unprotect(text)).toEqual({ ok: false, failure: { kind: 'undecryptable' } });
    },
  );

  it('has a salt of its own in each home, and wrong, locks the vault and sets nothing aside', async () => {
    const home = await temporaryHome();
    const vault = new StoredVault(home, { protector: key('correct horse') });
    await vault.write(session(1), 0);
    // The salt is each home's own.
    const [, salt = ''] = /scrypt-17-8-1\.([\w-]{22})\./.exec((await vault.bytes()).toString()) ?? [];
    expect(salt).toHaveLength(22);
    expect(text).not.toContain(salt);
    const wrong = new StoredVault(home, { protector: key('correct house') });
    const read = await wrong.read();
    expect(outcome(read)).toBe('vault_locked passphrase');
    expect(wordsOf(read)).toContain('TOKEN_TRAY_PASSPHRASE');
    expect(outcome(await wrong.write(session(2), 1))).toBe('vault_locked passphrase');
    expect(await readdir(home)).toEqual(['vault.passphrase.json']);
    expect(await new StoredVault(home, { protector: key('correct horse') }).contents()).toEqual([
      'access-1 (1)',
    ]);
  });
});

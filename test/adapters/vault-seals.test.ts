import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { bensSession, session } from '../support/session-records.ts';
import { outcome, StoredVault } from '../support/stored-vault.ts';
import { temporaryHome } from '../support/temporary-home.ts';

async function newVault(): Promise<StoredVault> {
  return new StoredVault(await temporaryHome());
}

describe('a record in the vault’s file', () => {
  type Stored = Record<string, unknown> & { sealed: string };

  async function tampered(change: (accounts: Stored[]) => void): Promise<string[]> {
    const vault = await newVault();
    await vault.write(session(1), 0);
    await vault.write(bensSession(2), 0);
    const content = JSON.parse((await vault.bytes()).toString()) as { accounts: Stored[] };
    change(content.accounts);
    await writeFile(vault.file, JSON.stringify(content));
    await writeFile(vault.previousFile, '');
    return new StoredVault(vault.home).contents();
  }

  it.each(['service', 'username', 'account'])('V16 is unreadable once its %s is another’s', async (field) => {
    const contents = await tampered(([anna]) =>
      Object.assign(anna ?? {}, { [field]: 'https://evil.example' }),
    );
    expect(contents).toEqual(['unreadable (1)', 'access-2 (1)']);
  });

  it('V16 is unreadable once its refusal is taken out or its generation put back', async () => {
    expect(await tampered(([anna]) => Object.assign(anna ?? {}, { generation: 9 }))).toContain(
      'unreadable (9)',
    );
    expect(await tampered(([anna]) => Object.assign(anna ?? {}, { refusal: 'expired' }))).toContain(
      'unreadable (1)',
    );
  });

  it('V16 is unreadable once its seal is another account’s', async () => {
    const swapped = await tampered(([anna, ben]) => {
      if (anna && ben) [anna.sealed, ben.sealed] = [ben.sealed, anna.sealed];
    });
    expect(swapped).toEqual(['unreadable (1)', 'unreadable (1)']);
  });

  it('V08 is unreadable where what comes out for the key is no key', async () => {
    const vault = await newVault();
    await vault.write(session(1), 0);
    const shortened = (await vault.bytes()).toString().replace(/(computer: ....)[\w-]+/, '$1');
    await writeFile(vault.file, shortened);
    expect(await new StoredVault(vault.home).contents()).toEqual(['unreadable (1)']);
  });

  it('V04 is taken from the previous generation once a bit of its seal has changed', async () => {
    const vault = await newVault();
    await vault.write(session(1), 0);
    await vault.write(session(2), 1);
    const broken = (await vault.bytes())
      .toString()
      .replace(/"sealed": "(.)/, (_all, first) => `"sealed": "${first === 'A' ? 'B' : 'A'}`);
    await writeFile(vault.file, broken);
    const restarted = new StoredVault(vault.home);
    expect(await restarted.contents()).toEqual(['access-1 (1)']);
    // The broken one is kept, and no number is used twice.
    expect(outcome(await restarted.write(session(3), 1))).toBe('ok 3');
    expect(restarted.notices.map(({ kind }) => kind)).toEqual(['undecryptable']);
    expect(restarted.log.names).toEqual(['vault_record_restored', 'vault_set_aside']);
  });
});

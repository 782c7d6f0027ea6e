import { describe, expect, it } from 'vitest';
import { InMemoryVault } from '../support/in-memory-home.ts';
import { anna, minute, Program } from '../support/program.ts';
import { refusedAsExpired } from '../support/scripted-auth-service.ts';

async function switched(program: Program): Promise<InMemoryVault> {
  const vault = new InMemoryVault('safe-storage');
  program.vaultInUse.switchTo(vault);
  await program.accounts.keepInNewVault();
  return vault;
}

describe('another vault in the place of the first', () => {
  it('V10 gets the session at once, and the status says so', async () => {
    const program = await Program.signedIn();
    const vault = await switched(program);
    expect([...vault.records.keys()]).toEqual([anna]);
    expect(program.accounts.report(null)?.keyStore).toBe('safe-storage');
    expect(await program.tokenText()).toBe('access-1');
  });

  it('V10 gets the next answer too, and its name stands in the ledger', async () => {
    const program = await Program.signedIn();
    const vault = await switched(program);
    await program.clock.advance(46 * minute);
    expect(await program.tokenText()).toBe('access-2');
    expect(vault.records.get(anna)?.record.tokens?.accessToken.reveal()).toBe('access-2');
    expect(program.ledger.entries.map(({ intent }) => intent.protection)).toEqual([
      'keyring',
      'safe-storage',
    ]);
  });

  it('waits for a renewal under way and keeps its answer', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    const answer = program.service.thenHold();
    const asked = program.ask();
    await program.settle();
    const switching = switched(program);
    await program.settle();
    answer();
    const vault = await switching;
    expect(asked.answer()).toBe('access-2');
    expect(vault.records.get(anna)?.record.tokens?.accessToken.reveal()).toBe('access-2');
  });

  it('that cannot be written is a session that is not saved, and is tried again by itself', async () => {
    const program = await Program.signedIn();
    const vault = new InMemoryVault('safe-storage');
    vault.writeFailure = { code: 'vault_unwritable', reason: 'disk_full' };
    program.vaultInUse.switchTo(vault);
    await program.accounts.keepInNewVault();
    expect(program.state).toBe('not_saved');
    vault.writeFailure = null;
    await program.clock.advance(minute);
    expect(program.state).toBe('active');
    expect(vault.records.size).toBe(1);
  });

  it('shows what it holds already', async () => {
    const program = await Program.signedIn();
    const [record] = program.vault.records.values();
    const other = await Program.started();
    const vault = new InMemoryVault('safe-storage');
    if (record) vault.records.set(anna, record);
    other.vaultInUse.switchTo(vault);
    await other.accounts.keepInNewVault();
    expect(other.state).toBe('active');
  });

  it('keeps a refusal of the service', async () => {
    const program = await Program.signedIn();
    program.service.then(refusedAsExpired);
    await program.clock.advance(46 * minute);
    expect(await program.tokenText()).toBe('signed_out');
    const vault = await switched(program);
    expect(vault.records.get(anna)?.record.refusal).toBe('expired');
  });
});

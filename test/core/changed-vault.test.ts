import { describe, expect, it } from 'vitest';
import { minute, Program } from '../support/program.ts';

describe('a vault that is not as it was left', () => {
  const locked = { code: 'vault_locked', reason: 'key_store' } as const;

  it('S05 deleted under way: the next answer is saved all the same', async () => {
    const program = await Program.signedIn();
    program.vault.records.clear();
    await program.clock.advance(46 * minute);
    expect(await program.tokenText()).toBe('access-2');
    expect(program.state).toBe('active');
    expect(program.vault.records.size).toBe(1);
  });

  it('unreadable at start and mended later is taken up by itself', async () => {
    const program = await Program.signedIn();
    program.vault.readFailure = { code: 'vault_unwritable', reason: 'input_output' };
    await program.restart();
    expect(await program.tokenText()).toBe('signed_out');
    program.vault.readFailure = null;
    await program.clock.advance(minute);
    expect(await program.tokenText()).toBe('access-1');
  });

  it('a sign-in replaces what came back meanwhile', async () => {
    const program = await Program.signedIn();
    const records = new Map(program.vault.records);
    program.vault.records.clear();
    await program.restart();
    const signIn = program.service.thenHold();
    const signedIn = program.signIn();
    await program.settle();
    for (const [account, record] of records) program.vault.records.set(account, record);
    signIn();
    expect(await signedIn).toMatchObject({ ok: true, value: { state: 'active' } });
  });

  it('V17 a sign-out while the key store is locked is not undone when it opens', async () => {
    const program = await Program.signedIn();
    program.vault.readFailure = locked;
    await program.restart();
    program.vault.writeFailure = { code: 'vault_unwritable', reason: 'read_only' };
    expect(await program.accounts.signOut(null)).toMatchObject({
      ok: false,
      failure: { code: 'not_removed' },
    });
    await program.clock.advance(3 * minute);
    program.vault.readFailure = null;
    await program.clock.advance(3 * minute);
    expect(await program.tokenText()).toBe('signed_out');
    program.vault.writeFailure = null;
    await program.clock.advance(3 * minute);
    expect(program.vault.records.size).toBe(0);
  });

  it('deleted while it was locked: signed out, and a sign-in is possible', async () => {
    const program = await Program.signedIn();
    program.vault.readFailure = locked;
    await program.restart();
    program.vault.records.clear();
    program.vault.readFailure = null;
    await program.clock.advance(minute);
    expect(await program.tokenText()).toBe('signed_out');
    expect(await program.signIn()).toMatchObject({ ok: true });
  });

  it('asks a slow key store once at a time', async () => {
    const program = await Program.signedIn();
    program.vault.readFailure = locked;
    await program.restart();
    let reads = 0;
    program.vault.read = () => {
      reads += 1;
      return new Promise(() => undefined);
    };
    await program.clock.advance(10 * minute);
    expect(reads).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';
import { anna, minute, Program } from '../support/program.ts';

describe('cancel and sign-out', () => {
  it('S19 the late answer of a cancelled sign-in is dropped, and counted', async () => {
    const program = await Program.started();
    const answer = program.service.thenHold();
    const signIn = program.signIn();
    await program.settle();
    await program.accounts.signOut(null);
    expect(await signIn).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    answer();
    await program.settle();
    expect(program.state).toBe('signed_out');
    expect(program.vault.records.size).toBe(0);
    expect(program.ledger.entries.at(-1)?.outcome?.result.kind).toBe('issued');
  });

  it('S20 a sign-out during a renewal: nothing comes back', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    const answer = program.service.thenHold();
    const ask = program.ask();
    await program.settle();
    expect(await program.accounts.signOut(null)).toMatchObject({ ok: true });
    answer();
    await program.settle();
    expect(ask.answer()).toBe('signed_out');
    expect(program.state).toBe('signed_out');
    expect(program.vault.records.size).toBe(0);
    await program.restart();
    expect(await program.tokenText()).toBe('signed_out');
  });

  it('S19 a sign-in after it waits until the earlier request is over, so that never two are open', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    const answer = program.service.thenHold();
    program.ask();
    await program.settle();
    await program.accounts.signOut(null);
    const signIn = program.signIn();
    await program.settle();
    expect(program.state).toBe('signing_in');
    expect(program.service.logins).toHaveLength(1);
    answer();
    expect(await signIn).toMatchObject({ ok: true, value: { already: false } });
    expect(program.service.concurrentPeak).toBe(1);
    expect(await program.tokenText()).toBe('access-3');
  });

  it('V17 a sign-out while the answer is being saved leaves nothing stored', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    const gate = Promise.withResolvers<undefined>();
    program.vault.beforeWrite = () => gate.promise;
    program.ask();
    await program.settle();
    const signOut = program.accounts.signOut(null);
    gate.resolve(undefined);
    await signOut;
    await program.settle();
    if (program.vault.records.size > 0) await program.accounts.signOut(null);
    expect(program.state).toBe('signed_out');
  });

  it('V17 of an account that only another protection’s vault holds deletes it there', async () => {
    const program = await Program.signedIn();
    program.vault.elsewhere.add('ben');
    expect(await program.accounts.signOut('ben')).toEqual({ ok: true, value: { account: 'ben' } });
    expect(program.vault.elsewhere).toEqual(new Set());
    expect(await program.accounts.signOut('ben')).toMatchObject({ failure: { code: 'unknown_account' } });
    expect(program.state).toBe('active');
  });

  it('a sign-out that cannot be written says so and is tried again', async () => {
    const program = await Program.signedIn();
    program.vault.writeFailure = { code: 'vault_unwritable', reason: 'read_only' };
    expect(await program.accounts.signOut(null)).toMatchObject({
      ok: false,
      failure: { code: 'not_removed' },
    });
    expect(await program.tokenText()).toBe('signed_out');
    program.vault.writeFailure = null;
    await program.clock.advance(minute);
    expect(program.vault.records.size).toBe(0);
  });

  it('the default account stays the default when signed out', async () => {
    const program = await Program.signedIn();
    await program.signIn({ username: 'ben@warehouse.example' });
    await program.accounts.signOut(null);
    expect(await program.tokenText()).toBe('signed_out');
    await program.restart();
    expect(await program.tokenText()).toBe('signed_out');
    expect(program.accounts.report(null)).toMatchObject({ account: anna, state: 'signed_out' });
    expect(await program.signIn()).toMatchObject({ ok: true, value: { account: anna } });
    expect(await program.tokenText()).toBe('access-3');
  });
});

describe('that an account was signed out', () => {
  it('A4 is told before the sign-out is over, when no token can be had any more', async () => {
    const program = await Program.signedIn();
    const told = Promise.withResolvers<undefined>();
    let held: string | null = null;
    program.afterSignOut = async () => {
      held = await program.tokenText();
      await told.promise;
    };
    let over = false;
    const signOut = program.accounts.signOut(null).then((result) => {
      over = true;
      return result;
    });
    await program.settle();
    expect([program.signedOut, held, over]).toEqual([[anna], 'signed_out', false]);
    told.resolve(undefined);
    expect(await signOut).toMatchObject({ ok: true, value: { account: anna } });
  });

  it('A4 is told where the stored session cannot be deleted, and where another vault alone holds it', async () => {
    const program = await Program.signedIn();
    program.vault.writeFailure = { code: 'vault_unwritable', reason: 'disk_full' };
    expect(await program.accounts.signOut(null)).toMatchObject({ failure: { code: 'not_removed' } });
    expect(program.signedOut).toEqual([anna]);
    program.vault.writeFailure = null;
    program.vault.elsewhere.add('ben@warehouse.example');
    await program.accounts.signOut('ben@warehouse.example');
    expect(program.signedOut).toEqual([anna, 'ben@warehouse.example']);
  });

  it('A4 is not told of an account that there is none of', async () => {
    const program = await Program.signedIn();
    await program.accounts.signOut('eve');
    expect(program.signedOut).toEqual([]);
  });
});

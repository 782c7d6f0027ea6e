import { describe, expect, it } from 'vitest';
import { anna, Program } from '../support/program.ts';

const ben = 'ben@warehouse.example';

describe('the default account', () => {
  it('is the first signed in, and another only by a person’s word', async () => {
    const program = await Program.signedIn();
    await program.signIn({ username: ben });
    const name = () => program.accounts.report(null)?.account;
    expect(name()).toBe(anna);
    expect(program.accounts.report(ben)?.account).toBe(ben);
    expect(name()).toBe(anna);
    expect(await program.accounts.setDefault(ben)).toEqual({ ok: true, value: null });
    expect(name()).toBe(ben);
    await program.restart();
    expect(name()).toBe(ben);
    await program.accounts.signOut(ben);
    expect(name()).toBe(ben);
    expect(await program.tokenText()).toBe('signed_out');
  });

  it('stays what it was where the settings were lost: another sign-in changes nothing', async () => {
    const program = await Program.signedIn();
    await program.settings.set('defaultAccount', null);
    await program.restart();
    await program.signIn({ username: ben });
    expect(program.accounts.report(null)?.account).toBe(anna);
    await program.restart();
    expect(program.accounts.report(null)?.account).toBe(anna);
  });

  it('cannot be one that is not here', async () => {
    const program = await Program.signedIn();
    expect(await program.accounts.setDefault('eve')).toEqual({
      ok: false,
      failure: { code: 'unknown_account', account: 'eve' },
    });
    expect(program.accounts.report(null)?.account).toBe(anna);
  });

  it('that could not be saved is chosen all the same, and says so', async () => {
    const program = await Program.signedIn();
    await program.signIn({ username: ben });
    program.settings.writable = false;
    expect(await program.accounts.setDefault(ben)).toEqual({
      ok: false,
      failure: { code: 'choice_not_saved' },
    });
    expect(program.accounts.report(null)?.account).toBe(ben);
  });
});

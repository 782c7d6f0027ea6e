import { describe, expect, it } from 'vitest';
import { hour, minute, Program } from '../support/program.ts';
import { refusedAsExpired, refusedAsSuspended, unsent } from '../support/scripted-auth-service.ts';

const second = 1000;

describe('a refusal', () => {
  it('S09 S10 one is enough: the token lives on, nothing is deleted, no more calls by itself', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(30 * minute);
    program.service.then(refusedAsExpired);
    expect(await program.tokenText(20 * 60)).toBe('access-1');
    expect(program.state).toBe('needs_sign_in');
    expect(program.vault.records.size).toBe(1);
    await program.clock.advance(15 * minute);
    expect(await program.tokenText()).toBe('signed_out');
    await program.restart();
    expect(program.state).toBe('needs_sign_in');
    await program.clock.advance(24 * hour);
    expect(program.service.refreshes).toHaveLength(1);
  });

  it('S09 outlives a restart though the vault could not be written', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    program.service.then(refusedAsExpired);
    program.vault.writeFailure = { code: 'vault_unwritable', reason: 'disk_full' };
    expect(await program.tokenText()).toBe('signed_out');
    await program.restart();
    expect(program.state).toBe('needs_sign_in');
    expect(await program.tokenText()).toBe('signed_out');
    expect(program.service.refreshes).toHaveLength(1);
  });

  it('a suspended account is never asked again by itself, and its token is not handed out', async () => {
    const program = await Program.signedIn({ alwaysFresh: true });
    program.service.then(refusedAsSuspended);
    await program.clock.advance(42 * minute + 30 * second);
    expect(program.state).toBe('suspended');
    expect(await program.tokenText()).toBe('suspended');
    await program.restart();
    await program.clock.advance(24 * hour);
    expect(await program.tokenText()).toBe('suspended');
    expect(program.service.refreshes).toHaveLength(1);
  });

  it('S07 too many: the state stays, and nobody posts before its time, through a restart too', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    program.service.then({ kind: 'too_many', retryAfterMs: hour });
    expect(await program.token()).toMatchObject({
      refusal: { code: 'rate_limited', retryAfterSeconds: 3600 },
    });
    expect(program.state).toBe('active');
    await program.clock.advance(30 * minute);
    await program.restart();
    expect(await program.token()).toMatchObject({
      refusal: { code: 'rate_limited', retryAfterSeconds: 1800 },
    });
    await program.accounts.signOut(null);
    expect(await program.signIn()).toMatchObject({ ok: false, failure: { code: 'rate_limited' } });
    expect(program.service.posts).toBe(2);
    await program.clock.advance(30 * minute);
    expect(await program.signIn()).toMatchObject({ ok: true });
  });
});

describe('a token that the API rejected', () => {
  it('S21 is renewed once for all who report it, and not again before a quarter of its life', async () => {
    const program = await Program.signedIn();
    const answers = await Promise.all(Array.from({ length: 50 }, () => program.reject('access-1')));
    expect(new Set(answers)).toEqual(new Set(['access-2']));
    expect(await program.reject('access-2')).toBe('access-2');
    await program.clock.advance(11 * minute);
    expect(await program.reject('access-2')).toBe('access-2');
    await program.clock.advance(15 * second);
    expect(await program.reject('access-2')).toBe('access-3');
    expect(program.service.refreshes).toHaveLength(2);
  });

  it('gives the current one at once for one that is no longer current', async () => {
    const program = await Program.signedIn();
    expect(await program.reject('some-older-one')).toBe('access-1');
    expect(program.service.posts).toBe(1);
  });

  it('refuses the report of another account’s token', async () => {
    const program = await Program.signedIn();
    await program.signIn({ username: 'ben@warehouse.example' });
    expect(await program.reject('access-2')).toBe('bad_request');
  });

  it('gives the reason, not the rejected token, where no other may be made', async () => {
    const program = await Program.signedIn();
    program.service.then(unsent);
    expect(await program.reject('access-1')).toBe('offline');
    expect(await program.tokenText()).toBe('access-1');
  });
});

import { describe, expect, it } from 'vitest';
import { Secret } from '../../electron/core/secret.ts';
import { anna, hour, minute, Program } from '../support/program.ts';
import {
  lostByError,
  refusedAsExpired,
  refusedAsSuspended,
  unsent,
  wrongPassword,
} from '../support/scripted-auth-service.ts';

describe('signing in', () => {
  it('makes one request, and a session', async () => {
    const program = await Program.started();
    expect(program.state).toBe('signed_out');
    expect(await program.signIn()).toEqual({
      ok: true,
      value: { account: anna, state: 'active', already: false },
    });
    expect(program.service.posts).toBe(1);
  });

  it('a wrong password is one request, and nothing is kept', async () => {
    const program = await Program.started();
    program.service.then(wrongPassword);
    expect(await program.signIn()).toMatchObject({ ok: false, failure: { code: 'wrong_credentials' } });
    expect(program.state).toBe('signed_out');
    expect(program.service.posts).toBe(1);
    expect(program.vault.records.size).toBe(0);
    expect(program.accounts.report(null)?.accounts).toEqual([]);
  });

  it('an account whose session still works is not signed in again', async () => {
    const program = await Program.signedIn();
    expect(await program.signIn()).toMatchObject({ ok: true, value: { already: true } });
    expect(program.service.logins).toHaveLength(1);
  });

  it('N7 one service is one account, session and budget in each spelling of its address', async () => {
    const program = await Program.started({ serviceUrl: 'http://127.0.0.1:8080' });
    await program.signIn({ service: 'http://localhost:8080' });
    for (const service of [null, 'http://127.0.0.1:8080/', 'HTTP://LOCALHOST.:8080', 'http://127.1:8080']) {
      expect(await program.signIn({ service })).toMatchObject({
        ok: true,
        value: { account: anna, already: true },
      });
    }
    expect(program.accounts.standing('http://127.0.0.1:8080', anna)).toBe('works');
    expect(program.accounts.report(null)).toMatchObject({
      accounts: [{ account: anna }],
      budget: { used: 1 },
    });
    expect(program.service.posts).toBe(1);
    expect(program.ledger.entries.map(({ intent }) => intent.service)).toEqual(['http://127.0.0.1:8080']);

    await program.signIn({ service: 'http://127.0.0.2:8080' });
    expect(program.accounts.report(null)?.accounts).toHaveLength(2);
  });

  it('two at once make one request', async () => {
    const program = await Program.started();
    const [one, two] = await Promise.all([program.signIn(), program.signIn()]);
    expect(one).toMatchObject({ ok: true, value: { already: false } });
    expect(two).toMatchObject({ ok: true, value: { already: true } });
    expect(program.service.posts).toBe(1);
  });

  it.each([
    ['an empty password', { password: new Secret<'password'>('') }, 'empty_password'],
    ['an empty user name', { username: '' }, 'empty_username'],
    ['a user name with a colon under Basic', { username: 'an:na' }, 'username_with_colon'],
    ['X6 a password with a NUL', { password: new Secret<'password'>('se\0cret') }, 'password_not_text'],
    [
      'X6 a password with half a surrogate pair',
      { password: new Secret<'password'>('\ud83d') },
      'password_not_text',
    ],
    ['X6 a user name with a NUL', { username: 'an\0na' }, 'username_not_text'],
  ])('%s is refused before anything is sent', async (_, request, code) => {
    const program = await Program.started();
    expect(await program.signIn(request)).toMatchObject({ ok: false, failure: { code } });
    expect(program.service.posts).toBe(0);
  });

  it('a user name with a colon goes by the JSON form', async () => {
    const program = await Program.started();
    expect(await program.signIn({ username: 'an:na', form: 'json' })).toMatchObject({ ok: true });
  });

  it('from needs_sign_in, the token in hand is served until the new one is there', async () => {
    const program = await Program.signedIn();
    program.service.then(refusedAsExpired);
    await program.clock.advance(30 * minute);
    await program.tokenText(20 * 60);
    const answer = program.service.thenHold();
    const signIn = program.signIn();
    await program.settle();
    expect(program.state).toBe('signing_in');
    expect(await program.tokenText()).toBe('access-1');
    answer();
    expect(await signIn).toMatchObject({ ok: true });
    expect(await program.tokenText()).toBe('access-2');
  });

  it('trouble leads back to the state it came from', async () => {
    const program = await Program.started();
    program.service.then(unsent, lostByError);
    expect(await program.signIn()).toMatchObject({ ok: false, failure: { code: 'offline' } });
    expect(await program.signIn()).toMatchObject({
      ok: false,
      failure: { code: 'service_error', status: 503 },
    });
    expect(program.state).toBe('signed_out');
  });

  it('makes no token that could not be kept', async () => {
    const program = await Program.started();
    program.vault.writeFailure = { code: 'vault_unwritable', reason: 'newer_version' };
    expect(await program.signIn()).toMatchObject({ ok: false, failure: { code: 'vault_unwritable' } });
    expect(program.service.posts).toBe(0);
  });

  it('an agent’s own sign-in obeys the budget, a person’s only counts', async () => {
    const program = await Program.started();
    program.service.then(lostByError, lostByError, lostByError);
    for (let attempt = 0; attempt < 3; attempt += 1) await program.signIn({}, 'agent');
    expect(await program.signIn({}, 'agent')).toMatchObject({
      ok: false,
      failure: { code: 'budget_exhausted' },
    });
    expect(program.service.posts).toBe(3);
    expect(await program.signIn({}, 'person')).toMatchObject({ ok: true });
    expect(program.accounts.report(null)?.budget.used).toBe(4);
  });

  it('a suspended account is asked again by a person only, through a restart too', async () => {
    const program = await Program.started();
    program.service.then(refusedAsSuspended);
    expect(await program.signIn({}, 'agent')).toMatchObject({ ok: false, failure: { code: 'suspended' } });
    await program.restart();
    expect(await program.signIn({}, 'agent')).toMatchObject({ ok: false, failure: { code: 'suspended' } });
    expect(program.service.posts).toBe(1);
    expect(await program.signIn({}, 'person')).toMatchObject({ ok: true });
    expect(program.service.posts).toBe(2);
  });
});

describe('several accounts', () => {
  it('the same user name at another service is another account beside the first', async () => {
    const program = await Program.signedIn();
    const other = await program.signIn({ service: 'https://other.example' });
    expect(other).toMatchObject({ ok: true, value: { account: `${anna}|other.example` } });
    expect(await program.tokenText()).toBe('access-1');
    const ask = { account: `${anna}|other.example`, minTtlSeconds: 60, tool: null };
    expect(await program.accounts.token(ask)).toMatchObject({ token: { account: `${anna}|other.example` } });
    await program.restart();
    expect(program.accounts.report(null)?.accounts.map(({ account }) => account)).toEqual([
      anna,
      `${anna}|other.example`,
    ]);
  });

  it('one that nobody knows is told apart from one that is signed out', async () => {
    const program = await Program.signedIn();
    expect(await program.accounts.token({ account: 'eve', minTtlSeconds: 60, tool: null })).toEqual({
      kind: 'unknown_account',
    });
  });

  it('each has a budget of its own', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    program.service.then({ kind: 'too_many', retryAfterMs: hour });
    await program.tokenText();
    expect(await program.signIn({ username: 'ben@warehouse.example' })).toMatchObject({ ok: true });
  });
});

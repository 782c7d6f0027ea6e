import { describe, expect, it } from 'vitest';
import { anna, hour, minute, Program } from '../support/program.ts';
import {
  lostByTimeout,
  refusedAsExpired,
  refusedAsSuspended,
  wrongPassword,
} from '../support/scripted-auth-service.ts';

const second = 1000;

/** Uncertain, with the token over and the wait over: a tool's next ask makes the one more try. */
async function uncertainAndOver(): Promise<Program> {
  const program = await Program.signedIn();
  await program.clock.advance(46 * minute);
  program.service.then(lostByTimeout);
  await program.tokenText();
  await program.clock.advance(minute);
  return program;
}

describe('one request at a time', () => {
  it('S06 holds while a sign-in looks whether its answer could be kept', async () => {
    const program = await uncertainAndOver();
    program.service.then(wrongPassword);
    const gate = Promise.withResolvers<undefined>();
    const check = program.vault.check.bind(program.vault);
    let checks = 0;
    program.vault.check = async () => {
      checks += 1;
      if (checks === 2) await gate.promise;
      return check();
    };
    const attempts = [program.signIn(), program.signIn()];
    await program.settle();
    expect(checks).toBe(2);
    const answer = program.service.thenHold();
    const ask = program.ask();
    await program.settle();
    gate.resolve(undefined);
    await program.settle();
    answer();
    await Promise.all(attempts);
    await program.settle();
    expect(program.service.concurrentPeak).toBe(1);
    expect(ask.answer()).toBe('signed_out');
    await program.restart();
    expect(program.state).toBe('active');
  });

  it('S19 holds after a cancelled sign-in whose request is still out', async () => {
    const program = await uncertainAndOver();
    const answer = program.service.thenHold();
    const signIn = program.signIn();
    await program.settle();
    program.session(anna).cancelSignIn();
    expect(await signIn).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    const ask = program.ask();
    await program.settle();
    expect(program.service.concurrentPeak).toBe(1);
    answer();
    await program.settle();
    expect(ask.answer()).toMatch(/^access-/);
    expect(program.service.concurrentPeak).toBe(1);
  });

  it('S22 starts nothing new while the program ends', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    await program.accounts.close();
    expect(await program.tokenText()).toBe('offline');
    expect(program.service.posts).toBe(1);
  });
});

describe('a suspended account', () => {
  it('gets no token while a person’s sign-in is under way', async () => {
    const program = await Program.signedIn();
    program.service.then(refusedAsSuspended);
    await program.reject('access-1');
    program.service.thenHold();
    void program.signIn();
    await program.settle();
    expect(program.state).toBe('signing_in');
    expect(await program.tokenText()).toBe('suspended');
  });

  it('is not forgotten for a wrong password that came after', async () => {
    const program = await Program.started();
    program.service.then(refusedAsSuspended, wrongPassword);
    await program.signIn({}, 'agent');
    await program.signIn({}, 'person');
    await program.restart();
    expect(await program.signIn({}, 'agent')).toMatchObject({ ok: false, failure: { code: 'suspended' } });
    expect(program.service.posts).toBe(2);
  });
});

describe('where a sign-in goes', () => {
  it('a mistyped service leaves no trace: neither its address nor the account’s name', async () => {
    const program = await Program.started();
    program.service.then(wrongPassword);
    await program.signIn({ service: 'https://typo.example' });
    expect(await program.signIn()).toMatchObject({ ok: true, value: { account: anna } });
    await program.clock.advance(46 * minute);
    await program.tokenText();
    expect(program.service.services).toEqual([
      'https://typo.example',
      'https://auth.example.com',
      'https://auth.example.com',
    ]);
  });

  it('an account is signed in where it belongs, named by its id', async () => {
    const program = await Program.signedIn();
    await program.signIn({ service: 'https://other.example' });
    program.service.then(refusedAsExpired);
    const account = `${anna}|other.example`;
    await program.accounts.reportRejected({ account, rejected: program.held(account), tool: null });
    expect(await program.signIn({ username: account })).toMatchObject({ ok: true, value: { account } });
    expect(program.service.services.at(-1)).toBe('https://other.example');
    expect(program.service.logins.at(-1)?.username).toBe(anna);
  });

  it('services that differ in their scheme alone are accounts of their own', async () => {
    const program = await Program.signedIn();
    const ids = [];
    for (const service of ['http://127.0.0.1:81', 'https://127.0.0.1:81']) {
      const signedIn = await program.signIn({ service });
      ids.push(signedIn.ok && signedIn.value.account);
    }
    expect(ids).toEqual([`${anna}|127.0.0.1:81`, `${anna}|https://127.0.0.1:81`]);
  });
});

describe('a ledger whose history is not known', () => {
  it('an hour passes before the first new token, and between any two, though lines can be written', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    program.ledger.readable = false;
    await program.restart();
    const unrecorded = { refusal: { code: 'offline', reason: 'store' } };
    expect(await program.token()).toMatchObject(unrecorded);
    await program.clock.advance(hour + second);
    expect(await program.tokenText()).toBe('access-2');
    await program.clock.advance(46 * minute);
    expect(await program.token()).toMatchObject(unrecorded);
    expect(await program.signIn({ username: 'ben' }, 'agent')).toMatchObject({ ok: false });
    expect(await program.signIn({ username: 'ben' }, 'person')).toMatchObject({ ok: true });
  });
});

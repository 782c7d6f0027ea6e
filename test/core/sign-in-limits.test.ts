import { describe, expect, it } from 'vitest';
import { anna, hour, minute, Program } from '../support/program.ts';
import { lostByError, refusedAsSuspended, unsent, wrongPassword } from '../support/scripted-auth-service.ts';

const second = 1_000;
const day = 24 * hour;
const ben = 'ben@warehouse.example';

/** Signs in and out again until a sign-in is refused; answers how many went through. */
async function loop(program: Program, by: 'person' | 'program', most = 100): Promise<number> {
  for (let done = 0; done < most; done += 1) {
    if (!(await program.signIn({}, by)).ok) return done;
    await program.accounts.signOut(anna);
  }
  return most;
}

/** Sends a wrong password; answers the milliseconds to wait before the next try, or null if it was sent. */
async function refusedFor(program: Program, by: 'person' | 'program' | 'agent'): Promise<number | null> {
  program.service.forgetScript();
  program.service.then(wrongPassword);
  const sent = program.service.posts;
  const signedIn = await program.signIn({}, by);
  if (signedIn.ok) throw new Error('a wrong password signed in');
  if (signedIn.failure.code === 'wrong_credentials') return null;
  expect(signedIn.failure.code).toBe('sign_in_backoff');
  expect(program.service.posts).toBe(sent);
  return 'retryAt' in signedIn.failure ? signedIn.failure.retryAt - program.clock.wallNow() : 0;
}

describe('a sign-in that no person typed', () => {
  it('A1 stops at the budget when a script signs out and in again, and names the time', async () => {
    const program = await Program.started();
    expect(await loop(program, 'program')).toBe(3);
    expect(await program.signIn({}, 'program')).toEqual({
      ok: false,
      failure: { code: 'budget_exhausted', retryAt: program.clock.wallNow() + 10 * minute },
    });
    expect(program.service.posts).toBe(3);
    expect(program.state).toBe('signed_out');
    await program.restart();
    expect(await loop(program, 'program')).toBe(0);
    await program.clock.advance(10 * minute);
    expect(await loop(program, 'program')).toBe(1);
  });

  it('A1 makes at most 60 tokens in 24 hours, however often a script tries', async () => {
    const program = await Program.started();
    const issued: number[] = [];
    program.service.onAnswer = () => issued.push(program.clock.monotonicNow());
    for (let gone = 0; gone < 26 * hour; gone += 5 * minute) {
      await loop(program, 'program');
      await program.clock.advance(5 * minute);
    }
    for (const first of issued) {
      expect(issued.filter((at) => at >= first && at < first + day).length).toBeLessThanOrEqual(60);
    }
    expect(issued.length).toBeGreaterThan(60);
  });

  it('A1 is not needed while the session works, whatever the budget says', async () => {
    const program = await Program.started();
    await loop(program, 'program');
    await program.signIn({}, 'person');
    expect(await program.signIn({}, 'program')).toMatchObject({ ok: true, value: { already: true } });
    expect(program.service.posts).toBe(4);
  });

  it('A1 counts by the lifetime of the last token after a sign-out too', async () => {
    const program = await Program.started({ serviceUrl: 'http://127.0.0.1:4010' });
    program.service.lifetimeMs = 40 * second;
    expect(await loop(program, 'program')).toBe(3);
    await program.restart();
    await program.clock.advance(10 * second);
    expect(await loop(program, 'program')).toBe(1);
    expect(program.accounts.report(null)?.budget.limit).toBe(3780);
  });
});

describe('a person’s sign-in', () => {
  it('A1 passes ten times in 24 hours beyond the budget, through restarts', async () => {
    const program = await Program.started();
    expect(await loop(program, 'person', 9)).toBe(9);
    await program.restart();
    expect(await loop(program, 'person')).toBe(4);
    expect(await program.signIn({}, 'person')).toMatchObject({
      ok: false,
      failure: { code: 'budget_exhausted', retryAt: program.clock.wallNow() + 10 * minute },
    });
    expect(program.service.posts).toBe(13);
    // One that the budget has room for is none of the ten.
    await program.clock.advance(10 * minute);
    expect(await loop(program, 'person')).toBe(1);
    await program.clock.advance(day - 10 * minute);
    expect(await loop(program, 'person')).toBe(13);
  });

  it('A1 shares the ten with “Get one now”', async () => {
    const program = await Program.signedIn();
    const insisting = { evenOverBudget: true };
    for (let renewal = 0; renewal < 12; renewal += 1) {
      expect(await program.accounts.person.renew(null, insisting)).toEqual({ ok: true });
    }
    expect(await program.accounts.person.renew(null, insisting)).toEqual({
      ok: false,
      refusal: { code: 'budget_exhausted', retryAfterSeconds: 600 },
    });
    await program.accounts.signOut(anna);
    expect(await loop(program, 'person')).toBe(0);
    expect(program.service.generations).toBe(13);
  });

  it('A1 that made no token is none of the ten', async () => {
    const program = await Program.started();
    await loop(program, 'program');
    for (let attempt = 0; attempt < 20; attempt += 1) {
      program.service.then(unsent);
      expect(await program.signIn()).toMatchObject({ failure: { code: 'offline' } });
    }
    program.service.then(...Array.from({ length: 10 }, () => lostByError));
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect(await program.signIn()).toMatchObject({ failure: { code: 'service_error' } });
    }
    expect(await program.signIn()).toMatchObject({ failure: { code: 'budget_exhausted' } });
  });

  it('A1 that was cancelled counts when its answer comes', async () => {
    const program = await Program.started();
    await loop(program, 'person', 12);
    const answer = program.service.thenHold();
    const signIn = program.signIn();
    await program.settle();
    program.accounts.person.cancelSignIn();
    expect(await signIn).toMatchObject({ failure: { code: 'cancelled' } });
    answer();
    await program.settle();
    expect(await program.signIn()).toMatchObject({ failure: { code: 'budget_exhausted' } });
  });
});

describe('wrong passwords', () => {
  it('A1 three are free, then 5 s doubling to 15 min, whoever types', async () => {
    const program = await Program.started();
    for (const by of ['person', 'program', 'agent'] as const)
      expect(await refusedFor(program, by)).toBeNull();
    for (const wait of [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]) {
      for (const by of ['person', 'program', 'agent'] as const) {
        expect(await refusedFor(program, by)).toBe(wait * second);
      }
      await program.clock.advance(wait * second - 1);
      expect(await refusedFor(program, 'person')).toBe(1);
      await program.clock.advance(1);
      expect(await refusedFor(program, 'person')).toBeNull();
    }
  });

  it('A1 the wait outlives restarts and sign-outs, and a success ends it', async () => {
    const program = await Program.started();
    for (let attempt = 0; attempt < 3; attempt += 1) expect(await refusedFor(program, 'person')).toBeNull();
    await program.accounts.signOut(anna);
    await program.restart();
    expect(await refusedFor(program, 'person')).toBe(5 * second);
    program.service.forgetScript();
    await program.clock.advance(5 * second);
    expect(await program.signIn()).toMatchObject({ ok: true });
    await program.accounts.signOut(anna);
    for (let attempt = 0; attempt < 3; attempt += 1) expect(await refusedFor(program, 'person')).toBeNull();
    expect(await refusedFor(program, 'person')).toBe(5 * second);
  });

  it('A1 the wait is each account’s own, and another’s sign-in goes on', async () => {
    const program = await Program.started();
    for (let attempt = 0; attempt < 3; attempt += 1) await refusedFor(program, 'person');
    expect(await refusedFor(program, 'person')).toBe(5 * second);
    program.service.forgetScript();
    expect(await program.signIn({ username: ben })).toMatchObject({ ok: true });
    expect(await refusedFor(program, 'person')).toBe(5 * second);
    program.service.forgetScript();
    expect(await program.signIn({ service: 'https://other.example' })).toMatchObject({ ok: true });
  });

  it('A1 many at once are sent one after another, and no more than three', async () => {
    const program = await Program.started();
    program.service.then(...Array.from({ length: 20 }, () => wrongPassword));
    await Promise.all(Array.from({ length: 20 }, () => program.signIn()));
    expect(program.service.posts).toBe(3);
  });

  it('A1 one that was cancelled counts when its answer comes', async () => {
    const program = await Program.started();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const answer = program.service.thenHold();
      const signIn = program.signIn();
      await program.settle();
      program.accounts.person.cancelSignIn();
      await signIn;
      answer(wrongPassword);
      await program.settle();
    }
    expect(await refusedFor(program, 'person')).toBe(5 * second);
  });

  it('A1 one that the clock of this start has not reached yet counts as sent when it is read', async () => {
    const program = await Program.started();
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await refusedFor(program, 'person');
      await program.clock.advance(5 * second);
    }
    program.clock.jump(-25 * hour);
    await program.restart();
    expect(await refusedFor(program, 'person')).toBe(10 * second);
    // The wall clock has shown that it is wrong, so its jumps end no wait.
    program.clock.jump(25 * hour);
    expect(await refusedFor(program, 'person')).toBe(10 * second);
    await program.clock.advance(10 * second);
    expect(await refusedFor(program, 'person')).toBeNull();
  });

  it('A1 a suspended account is not asked again and again either', async () => {
    const program = await Program.started();
    program.service.then(...Array.from({ length: 20 }, () => refusedAsSuspended));
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await program.signIn({}, 'program');
      await program.accounts.signOut(anna);
    }
    expect(program.service.posts).toBe(3);
    expect(await program.signIn()).toMatchObject({ failure: { code: 'sign_in_backoff' } });
  });

  it('A1 no wrong password and no lost answer is mistaken for one', async () => {
    const program = await Program.started();
    program.service.then(unsent, unsent, unsent, lostByError, lostByError, lostByError);
    for (let attempt = 0; attempt < 6; attempt += 1) await program.signIn();
    for (let attempt = 0; attempt < 3; attempt += 1) expect(await refusedFor(program, 'person')).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { waitAfterLossMs } from '../../electron/core/renewal-timing.ts';
import { hour, minute, Program } from '../support/program.ts';
import { lostByError, lostByTimeout, refusedAsExpired, unsent } from '../support/scripted-auth-service.ts';

const second = 1000;

describe('a session with a good token', () => {
  it('hands out the same token 200 times for one login and no refresh', async () => {
    const program = await Program.signedIn();
    for (let fetch = 0; fetch < 200; fetch += 1) expect(await program.tokenText()).toBe('access-1');
    expect(program.service.logins).toHaveLength(1);
    expect(program.service.refreshes).toHaveLength(0);
  });

  it('renews on demand when less than the asked life is left, at most half of the token’s', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(20 * minute);
    expect(await program.tokenText(24 * 60)).toBe('access-1');
    await program.clock.advance(3 * minute);
    expect(await program.tokenText(24 * 3600)).toBe('access-2');
  });

  it('renews by the timer only what is in use', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(38 * minute);
    await program.tokenText();
    await program.clock.advance(5 * minute);
    expect(program.service.generations).toBe(2);
    await program.clock.advance(6 * hour);
    expect(program.service.generations).toBe(2);
  });
});

describe('many who ask at once', () => {
  it('S06 300 asks after the expiry and the timer share one refresh and get one token', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    const answer = program.service.thenHold();
    const asks = Array.from({ length: 300 }, () => program.ask());
    await program.clock.advance(5 * second);
    expect(asks.every((ask) => ask.answer() === null)).toBe(true);
    answer();
    await program.settle();
    expect(new Set(asks.map((ask) => ask.answer()))).toEqual(new Set(['access-2']));
    expect(program.service.refreshes).toHaveLength(1);
  });

  it('S06 a failed flight is cleared, so that the next one starts', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    program.service.then(unsent);
    expect(await program.tokenText()).toBe('offline');
    await program.clock.advance(5 * minute);
    expect(await program.tokenText()).toBe('access-2');
  });

  it('E39 all get one consistent refusal when the one refresh fails', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    const answer = program.service.thenHold();
    const asks = Array.from({ length: 200 }, () => program.ask());
    await program.settle();
    answer(lostByError);
    await program.settle();
    expect(new Set(asks.map((ask) => ask.answer()))).toEqual(new Set(['service_error']));
    expect(program.service.posts).toBe(2);
  });

  it('T07 a blocked event loop leads to one refresh, not several', async () => {
    const program = await Program.signedIn({ alwaysFresh: true });
    await program.clock.advance(41 * minute);
    const asks = Array.from({ length: 50 }, () => program.ask(600));
    await program.clock.advance(10 * second);
    expect(asks.every((ask) => ask.answer() === 'access-2')).toBe(true);
    expect(program.service.refreshes).toHaveLength(1);
  });

  it('answers within 20 seconds though the service does not', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    program.service.thenHold();
    const ask = program.ask();
    await program.clock.advance(19 * second);
    expect(ask.answer()).toBe('offline');
  });
});

describe('a renewal whose answer is lost', () => {
  it('S01 S22 serves the old token to its end, with one POST', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(30 * minute);
    program.service.then(lostByTimeout);
    expect(await program.tokenText(20 * 60)).toBe('access-1');
    expect(program.state).toBe('uncertain');
    for (let gone = 0; gone < 13; gone += 1) {
      await program.clock.advance(minute);
      expect(await program.tokenText()).toBe('access-1');
    }
    expect(program.service.posts).toBe(2);
  });

  it('S01 writes the intent before it sends', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    const answer = program.service.thenHold();
    program.ask();
    await program.settle();
    expect(program.ledger.entries.at(-1)).toMatchObject({ intent: { request: 'refresh' }, outcome: null });
    answer();
    await program.settle();
    expect(program.ledger.entries.at(-1)?.outcome?.result.kind).toBe('issued');
  });

  it('S01 sends nothing before the intent is on the disk', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    const { promise: written, resolve } = Promise.withResolvers<undefined>();
    program.ledger.beforeAppend = () => written;
    program.ask();
    await program.settle();
    expect(program.service.refreshes).toHaveLength(0);
    resolve(undefined);
    await program.settle();
    expect(program.service.refreshes).toHaveLength(1);
  });

  it('tries the same refresh token once more when needed, not within 30 s, and ends in needs_sign_in on a refusal', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    program.service.then(lostByTimeout, refusedAsExpired);
    expect(await program.tokenText()).toBe('offline');
    await program.clock.advance(29 * second);
    expect(await program.token()).toMatchObject({ refusal: { code: 'offline', retryAfterSeconds: 1 } });
    expect(program.service.refreshes).toHaveLength(1);
    await program.clock.advance(second);
    expect(await program.tokenText()).toBe('signed_out');
    expect(program.state).toBe('needs_sign_in');
    await program.clock.advance(24 * hour);
    expect(await program.tokenText()).toBe('signed_out');
    expect(program.service.refreshes).toHaveLength(2);
    expect(program.service.refreshes[0]?.reveal()).toBe(program.service.refreshes[1]?.reveal());
  });

  it('waits 30 s, then 1 min, doubling to 30 min, while answers are lost', () => {
    const waits = Array.from({ length: 9 }, (_, losses) => waitAfterLossMs(losses + 1, 45 * minute) / second);
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1800, 1800, 1800]);
  });

  it('never sends a refresh token sooner than that, however often a tool asks', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    program.service.then(lostByTimeout, lostByTimeout);
    const postedAt: number[] = [];
    for (let gone = 0; gone < 90; gone += 1) {
      const posts = program.service.posts;
      await program.tokenText();
      if (program.service.posts > posts) postedAt.push(gone);
      await program.clock.advance(second);
    }
    expect(postedAt).toEqual([0, 30, 90].slice(0, postedAt.length));
  });

  it('a request that never left leaves it uncertain', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    program.service.then(lostByTimeout, unsent);
    await program.tokenText();
    await program.clock.advance(minute);
    expect(await program.tokenText()).toBe('offline');
    expect(program.state).toBe('uncertain');
  });
});

describe('a service that cannot be reached', () => {
  it('T06 waits longer each time while names are not found, though the system says that it is online', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    program.service.then(...Array.from({ length: 6 }, () => unsent));
    expect(await program.tokenText()).toBe('offline');
    const tries: number[] = [];
    for (let passed = 0; passed < 10 * minute; passed += second) {
      const before = program.service.refreshes.length;
      await program.clock.advance(second);
      await program.tokenText();
      if (program.service.refreshes.length > before) tries.push(passed);
    }
    const waits = tries.map((at, index) => at - (tries[index - 1] ?? 0));
    expect(tries.length).toBeGreaterThanOrEqual(4);
    expect(waits.slice(1, 5).every((wait, index) => wait >= (waits[index] ?? 0))).toBe(true);
    expect(program.state).toBe('active');
  });

  it('T06 is uncertain where the network changed after the request had left', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(43 * minute);
    program.service.then(lostByError);
    await program.tokenText(10 * 60);
    expect([program.state, await program.tokenText(0)]).toEqual(['uncertain', 'access-1']);
  });

  it('S08 backs off, answers at once in between, spends no budget, and goes on by itself while in use', async () => {
    const program = await Program.signedIn();
    program.random = 0.999;
    await program.clock.advance(46 * minute);
    program.service.then(unsent, unsent, unsent);
    expect(await program.tokenText()).toBe('offline');
    const used = program.accounts.report(null)?.budget.used;
    expect(await program.tokenText()).toBe('offline');
    expect(program.service.refreshes).toHaveLength(1);
    await program.clock.advance(minute);
    expect(program.accounts.report(null)?.state).toBe('active');
    expect(used).toBe(1);
  });

  it('S08 serves the good token through a series of 5xx, within the budget', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(30 * minute);
    program.service.then(...Array.from({ length: 30 }, () => lostByError));
    for (let gone = 0; gone < 14; gone += 1) {
      expect(await program.tokenText(20 * 60)).toBe('access-1');
      await program.clock.advance(minute);
    }
    expect(program.service.refreshes.length).toBeLessThanOrEqual(4);
  });
});

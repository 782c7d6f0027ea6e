import { describe, expect, it } from 'vitest';
import { hour, minute, Program } from '../support/program.ts';
import { unsent } from '../support/scripted-auth-service.ts';

const second = 1000;

describe('a wrong or jumping clock', () => {
  it.each([
    ['an hour ahead', hour],
    ['an hour back', -hour],
    ['ten years back', -10 * 365 * 24 * hour],
    ['ten years ahead', 10 * 365 * 24 * hour],
  ])('S14 a jump of %s costs one renewal at most', async (_, jump) => {
    const program = await Program.signedIn();
    await program.clock.advance(10 * minute);
    program.clock.jump(jump);
    await program.clock.advance(minute);
    for (let ask = 0; ask < 30; ask += 1) {
      expect(await program.tokenText()).toMatch(/^access-/);
      await program.clock.advance(second);
    }
    expect(program.service.generations).toBeLessThanOrEqual(2);
  });

  it('S14 a clock that jumps to and fro leads to no loop', async () => {
    const program = await Program.signedIn();
    for (let jump = 0; jump < 60; jump += 1) {
      program.clock.jump(jump % 2 === 0 ? hour : -hour);
      await program.clock.advance(30 * second);
      await program.tokenText();
    }
    expect(program.service.generations).toBeLessThanOrEqual(4);
  });

  it('S14 a token stored in the future counts as over', async () => {
    const program = await Program.signedIn();
    program.clock.jump(-2 * hour);
    await program.restart();
    expect(program.accounts.report(null)?.leftMs).toBeNull();
    expect(await program.tokenText()).toBe('access-2');
  });

  it('S16 the ledger’s lines from the future count as written when read', async () => {
    const program = await Program.signedIn();
    program.clock.jump(-10 * 24 * hour);
    await program.restart();
    expect(program.accounts.report(null)?.budget.used).toBe(1);
  });
});

describe('sleep', () => {
  it('T01 after a sleep over the expiry nothing is asked for 20 s; tools are told to wait', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(44 * minute);
    program.clock.sleep(8 * hour);
    const reply = await program.token();
    expect(reply).toMatchObject({ refusal: { code: 'offline', retryAfterSeconds: 20 } });
    program.service.then(unsent);
    await program.clock.advance(21 * second);
    expect(await program.tokenText()).toBe('offline');
    await program.clock.advance(40 * second);
    expect(await program.tokenText()).toBe('access-2');
    expect(program.service.refreshes).toHaveLength(2);
  });

  it('T04 sleep is noticed by the clocks alone, by a timer that wakes late', async () => {
    const program = await Program.signedIn({ alwaysFresh: true });
    await program.clock.advance(20 * minute);
    program.clock.sleep(8 * hour);
    await program.clock.advance(16 * second);
    expect(program.service.posts).toBe(1);
    await program.clock.advance(30 * second);
    expect(program.service.posts).toBe(2);
  });

  it('T03 twenty dark wakes of three seconds start nothing', async () => {
    const program = await Program.signedIn({ alwaysFresh: true });
    await program.clock.advance(40 * minute);
    for (let wake = 0; wake < 20; wake += 1) {
      program.clock.sleep(20 * minute);
      program.woke();
      await program.clock.advance(3 * second);
    }
    expect(program.service.posts).toBe(1);
  });

  it('a person’s sign-in is not held back by it', async () => {
    const program = await Program.started();
    program.woke();
    expect(await program.signIn()).toMatchObject({ ok: true });
  });
});

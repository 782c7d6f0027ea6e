import { describe, expect, it } from 'vitest';
import { hour, minute, Program } from '../support/program.ts';

const second = 1000;
const day = 24 * hour;

/** Asks at each interval for a day. Answers the new tokens that the service made, the sign-in included. */
async function generationsOfADay(program: Program, everyMs: number): Promise<number> {
  for (let gone = 0; gone < day; gone += everyMs) {
    expect(await program.tokenText()).toMatch(/^access-/);
    await program.clock.advance(everyMs);
  }
  return program.service.generations;
}

describe('a day of 24 hours with tokens of 45 minutes', () => {
  it('costs at most 35 new tokens for a tool that asks every second', async () => {
    const program = await Program.signedIn();
    expect(await generationsOfADay(program, second)).toBeLessThanOrEqual((1.1 * day) / (45 * minute));
  });

  it('costs at most 25 for a tool that asks once an hour', async () => {
    const program = await Program.signedIn();
    expect(await generationsOfADay(program, hour)).toBeLessThanOrEqual(25);
  });

  it('costs at most 7 for a tool that asks once in four hours', async () => {
    const program = await Program.signedIn();
    expect(await generationsOfADay(program, 4 * hour)).toBeLessThanOrEqual(7);
  });

  it('costs the sign-in alone where nobody asks', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(day);
    expect(program.service.generations).toBe(1);
  });

  it('keeps a fresh token all day with “always keep a fresh token”, within the budget', async () => {
    const program = await Program.signedIn({ alwaysFresh: true });
    await program.clock.advance(day);
    expect(program.service.generations).toBeLessThanOrEqual(35);
    expect(program.accounts.report(null)?.leftMs).toBeGreaterThan(minute);
  });

  it.each([0, 0.5, 0.999])(
    'E15 costs nothing beyond the schedule, wherever the jitter falls (%d)',
    async (random) => {
      const program = new Program();
      program.random = random;
      await program.start();
      await program.signIn();
      for (let ask = 0; ask < 10_000; ask += 1) expect(await program.tokenText()).toBe('access-1');
      expect(program.service.posts).toBe(1);
    },
  );
});

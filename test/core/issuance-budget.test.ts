import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IssuanceBudget } from '../../electron/core/issuance-budget.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { hour, minute, Program } from '../support/program.ts';
import { lostByError, lostByTimeout, refusedAsExpired, unsent } from '../support/scripted-auth-service.ts';

const lifetime = 45 * minute;
const day = 24 * hour;

/** Spends one after another while it is allowed, and answers how many that were. */
function spendAll(budget: IssuanceBudget, inNeed: boolean): number {
  for (let spent = 0; ; spent += 1) {
    if (!budget.ask(inNeed, lifetime).ok) return spent;
    budget.spend(`one-${Math.random()}`);
  }
}

describe('the issuance budget', () => {
  it('has three at once, and one back every ten minutes', async () => {
    const clock = new FakeClock();
    const budget = new IssuanceBudget(clock, false);
    expect(spendAll(budget, true)).toBe(3);
    expect(budget.ask(true, lifetime)).toEqual({ ok: false, waitMs: 10 * minute });
    await clock.advance(10 * minute);
    expect(spendAll(budget, true)).toBe(1);
    await clock.advance(7 * hour);
    expect(spendAll(budget, true)).toBe(3);
  });

  it.each([
    [true, 60],
    [false, 30],
  ])('has sixty in 24 hours, whose last half is kept for need (in need: %s)', async (inNeed, limit) => {
    const clock = new FakeClock();
    const budget = new IssuanceBudget(clock, false);
    let spent = 0;
    for (let gone = 0; gone < day; gone += 10 * minute) {
      spent += spendAll(budget, inNeed);
      await clock.advance(10 * minute - 1);
    }
    expect(spent).toBe(limit);
    expect(budget.report(lifetime)).toMatchObject({ used: limit, limit: 60 });
  });

  it('does not let a service that claims short lifetimes talk the limit up, but on loopback', () => {
    const limit = (onLoopback: boolean) =>
      new IssuanceBudget(new FakeClock(), onLoopback).report(minute).limit;
    expect(limit(false)).toBe(504);
    expect(limit(true)).toBe(2520);
  });

  it('gives back what made no token', () => {
    const budget = new IssuanceBudget(new FakeClock(), false);
    for (let unsentOnes = 0; unsentOnes < 100; unsentOnes += 1) {
      budget.spend('unsent');
      budget.giveBack('unsent');
    }
    expect(spendAll(budget, true)).toBe(3);
  });

  it('S07 takes no shorter word of the service for a longer one', async () => {
    const clock = new FakeClock();
    const budget = new IssuanceBudget(clock, false);
    budget.block(hour);
    budget.block(minute);
    await clock.advance(30 * minute);
    expect(budget.blockedMs()).toBe(30 * minute);
  });
});

const fault = fc.constantFrom(
  'none',
  'lost',
  'error',
  'unsent',
  'death',
  'refused',
  'disk full',
  'jump',
  'sleep',
);
const step = fc.record({
  fault,
  waitMinutes: fc.integer({ min: 0, max: 180 }),
  asks: fc.integer({ min: 0, max: 5 }),
  minTtl: fc.constantFrom(0, 60, 600, 1800),
});

/** One step of a computer's month. */
async function live(
  program: Program,
  { fault, waitMinutes, asks, minTtl }: StepOf<typeof step>,
): Promise<void> {
  const { service, vault, clock } = program;
  vault.writeFailure = fault === 'disk full' ? { code: 'vault_unwritable', reason: 'disk_full' } : null;
  if (fault === 'lost') service.then(lostByTimeout);
  if (fault === 'error') service.then(lostByError, lostByError);
  if (fault === 'unsent') service.then(unsent, unsent);
  if (fault === 'refused') service.then(refusedAsExpired);
  if (fault === 'jump') clock.jump(waitMinutes % 2 === 0 ? 3 * hour : -3 * hour);
  if (fault === 'sleep') clock.sleep(waitMinutes * minute);
  if (fault === 'death') {
    service.thenHold();
    program.ask(minTtl);
    await program.settle();
    await program.restart();
    service.forgetScript();
  }
  for (let ask = 0; ask < asks; ask += 1) {
    program.ask(minTtl);
    await clock.advance(minute / 4);
  }
  if (program.state === 'needs_sign_in') await program.signIn({}, 'agent');
  await clock.advance(waitMinutes * minute);
}
type StepOf<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;

describe('a month with every fault at random', () => {
  it('S16 never asks for more than the budget, and never twice at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 250 }), async (month) => {
        const program = await Program.started({ alwaysFresh: true });
        const posted: number[] = [];
        program.service.onAnswer = (reply) => {
          // What the service certainly turned into nothing does not count.
          if (reply.kind === 'issued' || reply.kind === 'lost') posted.push(program.clock.monotonicNow());
        };
        await program.signIn({}, 'agent');
        for (const one of month) await live(program, one);
        const elapsed = program.clock.monotonicNow() - (posted[0] ?? 0);
        // Three at once and one each ten minutes; a jump of the clock may let a few more through, each costs one.
        const jumps = month.filter((one) => one.fault === 'jump' || one.fault === 'sleep').length;
        expect(posted.length).toBeLessThanOrEqual(3 + Math.ceil(elapsed / (10 * minute)) + 3 * jumps);
        expect(program.service.concurrentPeak).toBeLessThanOrEqual(
          1 + month.filter((one) => one.fault === 'death').length,
        );
        for (const first of posted) {
          const sameDay = posted.filter((at) => at >= first && at < first + day);
          expect(sameDay.length).toBeLessThanOrEqual(60 + 3 * jumps);
        }
      }),
      { numRuns: 40 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelWorld, users } from './model-world.ts';
import { signIn, step, take, type Step } from './steps.ts';

const minute = 60_000;
const thirtyDays = 30 * 24 * 60;

/**
 * How many histories; and from which seed, as a failure prints it:
 * `TOKEN_TRAY_HISTORIES=10000 TOKEN_TRAY_SEED=… npx vitest run test/model`.
 */
const numRuns = Number(process.env['TOKEN_TRAY_HISTORIES'] ?? 120);
const seed = process.env['TOKEN_TRAY_SEED'];

/** Everything is well again: whatever state it was left in, there is a way out of it. */
async function comesOut(world: ModelWorld): Promise<void> {
  const { service, vault, ledger, clock } = world;
  world.tell('all is well again');
  service.fates.length = 0;
  service.lift();
  vault.readFailure = null;
  vault.writeFailure = null;
  ledger.writable = true;
  for (let waited = 0; waited < 26 * 60; waited += 10) {
    for (const user of users) {
      const state = world.stateOf(user);
      if (state === 'needs_sign_in' || state === 'suspended' || state === 'signed_out') {
        await signIn(world, user, true);
      }
      world.asks(user, 60, 'sync');
    }
    await clock.advance(10 * minute);
    world.judge();
  }
  for (const user of users) {
    const token = await world.heldBy(user);
    expect([user, world.stateOf(user), token === null], world.story.slice(-40).join('\n')).toEqual([
      user,
      'active',
      false,
    ]);
  }
}

async function lives(history: readonly Step[]): Promise<void> {
  const world = new ModelWorld();
  await world.start();
  await signIn(world, users[0], true);
  for (const one of history) {
    if (world.clock.monotonicNow() / minute > thirtyDays) break;
    await take(world, one);
    world.judge();
  }
  await comesOut(world);
}

describe('thirty days of a program, a person, tools and a service', () => {
  it(
    'S01 S04 S05 S06 S16 S17 break no rule, whatever happens, and end well',
    { timeout: 60_000 * Math.max(1, numRuns / 100) },
    async () => {
      const parameters = { numRuns, ...(seed !== undefined && { seed: Number(seed) }) };
      await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 120 }), lives), parameters);
    },
  );
});

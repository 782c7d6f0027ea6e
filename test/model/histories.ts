import fc from 'fast-check';
import { expect } from 'vitest';
import { ModelWorld, users } from './model-world.ts';
import { signIn, step, take, type Step } from './steps.ts';

const minute = 60_000;
const thirtyDays = 30 * 24 * 60;

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

/** The service carries out a sign-in after the program that sent it died: the session that was refused before stays lost. */
const lateSignIn: readonly Step[] = [
  { does: 'fate', next: ['silent'] },
  { does: 'wait', minutes: 24 },
  { does: 'ask', user: users[0], minTtl: 600, times: 6, everyMinutes: 3 },
  { does: 'fate', next: ['late'] },
  { does: 'sign in', user: users[0], by: 'person' },
  { does: 'die', where: 'idle', user: users[0] },
  { does: 'wait long', hours: 1 },
];

/**
 * Lives through this many histories of thirty days, each at random. By hand, with the seed that a failure prints:
 * `TOKEN_TRAY_HISTORIES=10000 TOKEN_TRAY_SEED=… npx vitest run test/model`.
 */
export async function liveThrough(histories: number): Promise<void> {
  const { TOKEN_TRAY_HISTORIES: numRuns = histories, TOKEN_TRAY_SEED: seed } = process.env;
  const parameters = {
    numRuns: Number(numRuns),
    examples: [[[...lateSignIn]] as [Step[]]],
    ...(seed !== undefined && { seed: Number(seed) }),
  };
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 120 }), lives), parameters);
}

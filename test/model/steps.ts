import fc from 'fast-check';
import { Secret } from '../../electron/core/secret.ts';
import type { Fate } from './model-service.ts';
import { users, type ModelWorld } from './model-world.ts';

const minute = 60_000;
const fates: readonly Fate[] = [
  'answered',
  'late',
  'lost',
  'broken',
  'unsent',
  'too many',
  'refused',
  'suspended',
  'silent',
];

const user = fc.constantFrom(...users);
const minutes = (max: number) => fc.integer({ min: 0, max });

/** One thing that happens; a history is a list of them. */
export const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('wait'), minutes: minutes(90) }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('wait long'), hours: fc.integer({ min: 1, max: 30 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('ask'),
      user,
      minTtl: fc.constantFrom(0, 60, 600, 1_300),
      times: fc.integer({ min: 1, max: 8 }),
      everyMinutes: minutes(4),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('report'), user }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('hammer'),
      user,
      hours: fc.integer({ min: 1, max: 36 }),
      everyMinutes: fc.integer({ min: 3, max: 15 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('fate'),
      next: fc.array(fc.constantFrom(...fates), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('sleep'), minutes: minutes(600) }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('jump'), minutes: fc.integer({ min: -600, max: 600 }) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('disk'), full: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('key store'), locked: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('ledger'), writable: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('die'),
      where: fc.constantFrom('idle', 'writing', 'noting', 'asking'),
      user,
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('sign out'), user }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('sign in'), user, by: fc.constantFrom('person', 'agent') }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('renew now'), user, insisting: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('pause'), minutes: minutes(120) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('lift') }) },
);

export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Lets one step happen, and lets what it sets off run as far as it gets by itself. */
export async function take(world: ModelWorld, one: Step): Promise<void> {
  world.tell(JSON.stringify(one));
  const { clock, service, vault, ledger, core } = world;
  switch (one.does) {
    case 'wait':
      await clock.advance(one.minutes * minute);
      break;
    case 'wait long':
      await clock.advance(one.hours * 60 * minute);
      break;
    case 'ask':
      for (let time = 0; time < one.times; time += 1) {
        world.asks(one.user, one.minTtl, time % 2 === 0 ? 'sync' : null);
        await clock.advance(one.everyMinutes * minute);
      }
      break;
    case 'report':
      report(world, one.user);
      break;
    case 'hammer':
      // An API that takes no token at all, and a tool that says so each time.
      for (let passed = 0; passed < one.hours * 60; passed += one.everyMinutes) {
        report(world, one.user);
        await clock.advance(one.everyMinutes * minute);
      }
      break;
    case 'fate':
      service.fates.splice(0, Infinity, ...one.next);
      break;
    case 'sleep':
      world.disturbances += 1;
      clock.sleep(one.minutes * minute);
      break;
    case 'jump':
      world.disturbances += 1;
      clock.jump(one.minutes * minute);
      break;
    case 'disk':
      vault.writeFailure = one.full ? { code: 'vault_unwritable', reason: 'disk_full' } : null;
      break;
    case 'key store': {
      const failure = one.locked ? ({ code: 'vault_locked', reason: 'key_store' } as const) : null;
      vault.readFailure = failure;
      vault.writeFailure = failure;
      break;
    }
    case 'ledger':
      ledger.writable = one.writable;
      break;
    case 'die':
      await dieAt(world, one.where, one.user);
      break;
    case 'sign out':
      void core.accounts.signOut(one.user);
      break;
    case 'sign in':
      await signIn(world, one.user, one.by === 'person');
      break;
    case 'renew now':
      world.personInsists = one.insisting;
      void core.accounts.person.renew(one.user, { evenOverBudget: one.insisting });
      await world.settle();
      world.personInsists = false;
      break;
    case 'pause':
      await core.pause.begin(one.minutes * minute + 1);
      break;
    case 'lift':
      service.lift();
      break;
  }
  await world.settle();
}

export async function signIn(world: ModelWorld, username: string, byPerson: boolean): Promise<void> {
  world.personInsists = byPerson;
  const password = new Secret<'password'>('correct horse');
  void world.core.accounts.signIn(
    { service: null, username, password, form: null },
    byPerson ? 'person' : 'agent',
  );
  await world.settle();
  world.personInsists = false;
}

/** A tool says that the API refused the token in hand, or one that nobody knows. */
function report(world: ModelWorld, username: string): void {
  const rejected = heldNow(world, username) ?? new Secret<'access token'>('of long ago');
  void world.core.accounts
    .reportRejected({ account: username, rejected, tool: 'sync' })
    .then((reply) => world.judgeReply(reply));
}

/** The token that a tool has in hand; null: none, or it would have to wait for one. */
function heldNow(world: ModelWorld, username: string): Secret<'access token'> | null {
  const reply = world.core.accounts.token({ account: username, minTtlSeconds: 0, tool: 'sync' });
  if (reply instanceof Promise) {
    void reply.then((late) => world.judgeReply(late));
    return null;
  }
  world.judgeReply(reply);
  return reply.kind === 'token' ? reply.token.accessToken : null;
}

/** The program dies while a tool asks: before anything, while a line or the vault is written, or at the service. */
async function dieAt(world: ModelWorld, where: string, username: string): Promise<void> {
  const never = () => new Promise<void>(() => undefined);
  if (where === 'writing') world.vault.beforeWrite = never;
  if (where === 'noting') world.ledger.beforeAppend = never;
  if (where === 'asking') world.service.fates.unshift('silent');
  if (where !== 'idle') world.asks(username, 1_300, 'sync');
  await world.settle();
  await world.die();
}

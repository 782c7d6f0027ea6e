import { describe, expect, it } from 'vitest';
import type { ServiceReply } from '../../electron/core/ports.ts';
import type { TokenReply } from '../../electron/core/token-reply.ts';
import { hour, minute, Program } from '../support/program.ts';
import {
  lostByError,
  lostByTimeout,
  refusedAsExpired,
  refusedAsSuspended,
  unsent,
} from '../support/scripted-auth-service.ts';

const second = 1000;
const lifetime = 45 * minute;

interface Told {
  /** The token's text, or why there is none. */
  readonly told: string;
  /** Whole seconds; null: the answer names no time. */
  readonly retryAfter: number | null;
}

function toldBy(reply: TokenReply): Told {
  if (reply.kind === 'token') return { told: reply.token.accessToken.reveal(), retryAfter: null };
  if (reply.kind === 'unknown_account') return { told: reply.kind, retryAfter: null };
  return { told: reply.refusal.code, retryAfter: reply.refusal.retryAfterSeconds ?? null };
}

async function ask(program: Program, minTtlSeconds = 60): Promise<Told> {
  return toldBy(await program.token(minTtlSeconds));
}

/** What a report of the current token brings. */
async function report(program: Program): Promise<Told> {
  const { accounts } = program;
  const rejected = program.held(accounts.report(null)?.account ?? '');
  const reply = await accounts.reportRejected({ account: null, rejected, tool: 'sync' });
  return reply.kind === 'bad_request' ? { told: reply.kind, retryAfter: null } : toldBy(reply);
}

describe('a token request in each state, with a good token in hand and with none', () => {
  it.each([
    ['a lost answer', lostByTimeout, 'uncertain', 30],
    ['a request that never left', unsent, 'offline', 3],
  ])('%s: the token, then a try where one is due, else `offline`', async (_, trouble, state, wait) => {
    const program = await Program.signedIn();
    program.service.then(trouble);
    expect(await report(program)).toEqual({ told: 'offline', retryAfter: wait });
    expect(program.state).toBe(state);
    expect(await ask(program, 2700)).toEqual({ told: 'access-1', retryAfter: null });
    expect(await report(program)).toEqual({ told: 'offline', retryAfter: wait });
    expect(program.service.posts).toBe(2);

    // Offline it goes on by itself for a while, as it is in use.
    program.service.then(...Array.from({ length: 30 }, () => trouble));
    await program.clock.advance(lifetime);
    const before = program.service.posts;
    const tried = await ask(program);
    expect(tried).toMatchObject({ told: 'offline' });
    expect(await ask(program)).toEqual(tried);
    expect(program.service.posts).toBe(before + 1);
    program.service.forgetScript();
    await program.clock.advance(10 * minute);
    expect(await ask(program)).toMatchObject({ told: 'access-2' });
  });

  it('an error of the service from a good state is told as such, with no time to come back', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(lifetime);
    program.service.then(lostByError);
    expect(await ask(program)).toEqual({ told: 'service_error', retryAfter: null });
    expect(await ask(program)).toEqual({ told: 'offline', retryAfter: 30 });
  });

  it('`needs_sign_in`: the token while it lives, then `signed_out`', async () => {
    const program = await Program.signedIn();
    program.service.then(refusedAsExpired);
    expect(await report(program)).toEqual({ told: 'signed_out', retryAfter: null });
    expect(await ask(program, 2700)).toMatchObject({ told: 'access-1' });
    await program.clock.advance(lifetime);
    expect(await ask(program)).toEqual({ told: 'signed_out', retryAfter: null });
  });

  it('`signing_in`: at once what the state before it gives, however slow the sign-in is', async () => {
    const program = await Program.signedIn();
    program.service.then(refusedAsExpired);
    await report(program);
    await program.clock.advance(lifetime - 5 * second);
    program.service.thenHold();
    void program.signIn();
    await program.settle();
    expect(program.state).toBe('signing_in');
    // Less than `min_ttl` is left, and no other request may begin: nobody waits for what cannot come.
    const short = program.ask(60);
    await program.settle();
    expect(short.answer()).toBe('access-1');
    await program.clock.advance(5 * second);
    const none = program.ask();
    await program.settle();
    expect(none.answer()).toBe('signed_out');
  });

  it('`suspended` lies beneath a sign-in: no token, in hand or not', async () => {
    const program = await Program.signedIn();
    program.service.then(refusedAsSuspended);
    expect(await report(program)).toEqual({ told: 'suspended', retryAfter: null });
    program.service.thenHold();
    void program.signIn();
    await program.settle();
    expect(program.state).toBe('signing_in');
    expect(await ask(program)).toEqual({ told: 'suspended', retryAfter: null });
    expect(await program.reject('access-1')).toBe('suspended');
    await program.clock.advance(lifetime);
    expect(await ask(program)).toEqual({ told: 'suspended', retryAfter: null });
  });

  it.each([
    ['not_saved', { code: 'vault_unwritable', reason: 'disk_full' }],
    ['locked', { code: 'vault_locked', reason: 'key_store' }],
  ] as const)(
    '`%s`: the token from memory, then its own code, with what is wrong',
    async (state, failure) => {
      const program = await Program.signedIn();
      program.vault.writeFailure = failure;
      expect(await ask(program, 2700)).toMatchObject({ told: 'access-1' });
      await program.clock.advance(lifetime - minute);
      expect(await ask(program, 120)).toMatchObject({ told: 'access-2' });
      expect(program.state).toBe(state);
      expect(await ask(program, 2700)).toMatchObject({ told: 'access-2' });
      expect(await report(program)).toEqual({ told: state, retryAfter: null });
      await program.clock.advance(lifetime);
      expect(await program.token()).toEqual({ kind: 'refused', refusal: { code: state, failure } });
    },
  );

  it('the service’s “too many”: the token, then `rate_limited` with its time', async () => {
    const program = await Program.signedIn();
    program.service.then({ kind: 'too_many', retryAfterMs: hour });
    expect(await report(program)).toEqual({ told: 'rate_limited', retryAfter: 3600 });
    expect(await ask(program, 2700)).toMatchObject({ told: 'access-1' });
    await program.clock.advance(lifetime);
    expect(await ask(program)).toEqual({ told: 'rate_limited', retryAfter: 900 });
    expect(program.state).toBe('active');
  });

  it('a token with less than a second left is none: it would be over before it is used', async () => {
    const program = await Program.signedIn();
    program.service.then(refusedAsExpired);
    await report(program);
    await program.clock.advance(lifetime - second);
    expect(await ask(program)).toMatchObject({ told: 'access-1' });
    await program.clock.advance(1);
    expect(await ask(program)).toMatchObject({ told: 'signed_out' });
    expect(program.accounts.report(null)?.leftMs).toBeNull();
  });

  it('S13 a token that lives one second is served all the same', async () => {
    const program = new Program();
    program.service.lifetimeMs = second;
    await program.start();
    await program.signIn();
    await program.clock.advance(100);
    expect(await ask(program)).toMatchObject({ told: 'access-1' });
  });
});

describe('where several rows of the state table fit', () => {
  const tooMany: ServiceReply = { kind: 'too_many', retryAfterMs: hour };
  it.each([
    ['suspended', refusedAsSuspended],
    ['a refusal', refusedAsExpired],
    ['offline', unsent],
    ['too many', tooMany],
  ])('paused comes before %s', async (_, reply) => {
    const program = await Program.signedIn();
    program.service.then(reply);
    await report(program);
    await program.core.pause.begin(minute);
    expect(await ask(program)).toEqual({ told: 'paused', retryAfter: 60 });
    expect(await program.reject('access-1')).toBe('paused');
  });

  it('a pause that begins while a tool waits holds the token back', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(lifetime);
    const answer = program.service.thenHold();
    const asking = program.ask();
    await program.settle();
    await program.core.pause.begin(hour);
    answer();
    await program.settle();
    expect(asking.answer()).toBe('paused');
    await program.core.pause.end();
    expect(await ask(program)).toMatchObject({ told: 'access-2' });
  });

  it('a spent budget only where the state would have renewed', async () => {
    const program = await Program.signedIn();
    await program.accounts.signOut(null);
    await program.signIn();
    program.service.then(lostByTimeout);
    // Three are gone. The wait after the lost answer comes first, then the budget.
    expect(await report(program)).toEqual({ told: 'offline', retryAfter: 30 });
    await program.clock.advance(30 * second);
    expect(await report(program)).toEqual({ told: 'budget_exhausted', retryAfter: 570 });
    expect(await ask(program, 2700)).toMatchObject({ told: 'access-2' });
    await program.accounts.signOut(null);
    expect(await ask(program)).toMatchObject({ told: 'signed_out' });
  });

  it('waking comes before a spent budget', async () => {
    const program = await Program.signedIn();
    program.service.then({ kind: 'too_many', retryAfterMs: hour });
    await report(program);
    program.woke();
    expect(await report(program)).toEqual({ told: 'offline', retryAfter: 20 });
  });
});

describe('a report of a token that the API refused', () => {
  it('brings the current one at once where it names an older one, however short the current one is', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(lifetime - 30 * second);
    expect(await program.reject('an older one')).toBe('access-1');
    expect(program.service.posts).toBe(1);
  });
});

import { describe, expect, it, vi } from 'vitest';
import type { TokenReply } from '../../electron/core/token-reply.ts';
import { anna, hour, minute, Program } from '../support/program.ts';
import { lostByTimeout, unsent } from '../support/scripted-auth-service.ts';

function text(reply: TokenReply): string {
  return reply.kind === 'token' ? reply.token.accessToken.reveal() : reply.kind;
}

async function copied(program: Program): Promise<string> {
  return text(await program.accounts.person.token(null));
}

const within = { evenOverBudget: false };
const insisting = { evenOverBudget: true };

describe('a person who copies the token', () => {
  it('gets the one in hand while it has ten minutes to live, else a new one', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(34 * minute);
    expect(await copied(program)).toBe('access-1');
    await program.clock.advance(2 * minute);
    expect(await copied(program)).toBe('access-2');
    expect(program.accounts.report(null)?.lastRenewal?.cause).toBe('person');
  });

  it('gets a shorter one where no new one can be had', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(40 * minute);
    program.service.then(lostByTimeout);
    expect(await copied(program)).toBe('access-1');
  });

  it('keeps nothing fresh by it, and is not held back by a pause', async () => {
    const program = await Program.signedIn();
    await program.core.pause.begin(2 * hour);
    expect(await copied(program)).toBe('access-1');
    await program.clock.advance(44 * minute);
    expect(program.service.posts).toBe(1);
  });
});

describe('a person who wants a new token now', () => {
  it('T16 leaves something to lose until the answer is there and saved', async () => {
    const program = await Program.signedIn();
    const { person } = program.accounts;
    expect(person.awaitsAnswer()).toBe(false);
    const answer = program.service.thenHold();
    const renewal = person.renew(null, within);
    await vi.waitUntil(() => program.service.posts === 2);
    expect(person.awaitsAnswer()).toBe(true);
    answer();
    await renewal;
    expect(person.awaitsAnswer() || person.hasUnsaved()).toBe(false);
  });

  it('gets one within the budget, and beyond it only by insisting', async () => {
    const program = await Program.signedIn();
    for (let renewal = 0; renewal < 2; renewal += 1) {
      expect(await program.accounts.person.renew(null, within)).toEqual({ ok: true });
    }
    expect(await program.accounts.person.renew(null, within)).toMatchObject({
      ok: false,
      refusal: { code: 'budget_exhausted' },
    });
    expect(await program.accounts.person.renew(null, insisting)).toEqual({ ok: true });
    expect(program.service.generations).toBe(4);
    expect(program.accounts.report(null)?.budget.used).toBe(4);
  });

  it('S07 waits for the service’s own “too many” though insisting', async () => {
    const program = await Program.signedIn();
    program.service.then({ kind: 'too_many', retryAfterMs: 10 * minute });
    await program.accounts.person.renew(null, insisting);
    expect(await program.accounts.person.renew(null, insisting)).toMatchObject({ ok: false });
    expect(program.service.posts).toBe(2);
  });

  it('is not held back by the wait after a request that never left, nor by waking', async () => {
    const program = await Program.signedIn();
    program.random = 0.99;
    program.service.then(unsent);
    await program.accounts.person.renew(null, within);
    expect(program.state).toBe('offline');
    program.woke();
    expect(await program.accounts.person.renew(null, within)).toEqual({ ok: true });
  });
});

describe('a Cancel', () => {
  it('S19 of a sign-in that waits for a renewal leaves the renewal’s answer to be kept', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    program.service.then(lostByTimeout);
    await program.tokenText();
    await program.clock.advance(minute);
    const answer = program.service.thenHold();
    const ask = program.ask();
    await program.settle();
    expect(program.state).toBe('renewing');
    const signIn = program.signIn();
    program.accounts.person.cancelSignIn();
    expect(await signIn).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    answer();
    await program.settle();
    expect(ask.answer()).toBe('access-2');
    expect(program.state).toBe('active');
    await program.restart();
    expect(program.held(anna).reveal()).toBe('access-2');
  });
});

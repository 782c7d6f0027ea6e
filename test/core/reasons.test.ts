import { describe, expect, it } from 'vitest';
import { refusalText } from '../../electron/contract/refusal-words.ts';
import type { ServiceReply } from '../../electron/core/ports.ts';
import { Secret } from '../../electron/core/secret.ts';
import type { TokenReply } from '../../electron/core/token-reply.ts';
import { anna, hour, minute, Program } from '../support/program.ts';
import {
  lostByError,
  lostByTimeout,
  refusedAsExpired,
  refusedAsSuspended,
} from '../support/scripted-auth-service.ts';

const second = 1000;
const lifetime = 45 * minute;
const tooMany: ServiceReply = { kind: 'too_many', retryAfterMs: hour };
const untrusted: ServiceReply = {
  kind: 'unsent',
  failure: { code: 'offline', host: 'auth.example.com', reason: 'certificate' },
};

async function report(program: Program): Promise<TokenReply | { readonly kind: 'bad_request' }> {
  const rejected = program.held(program.accounts.report(null)?.account ?? '');
  return program.accounts.reportRejected({ account: null, rejected, tool: 'sync' });
}

/** What a tool is told that gets no token, with its code and reason. */
function toldBy(program: Program, reply: TokenReply | { readonly kind: 'bad_request' }): string {
  if (reply.kind !== 'refused') return reply.kind;
  const { code, reason = '–', retryAfterSeconds = '–' } = reply.refusal;
  return `${code} ${reason} ${retryAfterSeconds}: ${refusalText(reply.refusal, program.clock.wallNow())}`;
}

describe('N4 a renewal that brings the token that was reported as rejected', () => {
  const sameToken = (program: Program): ServiceReply => {
    const issued = program.service.issue();
    return issued.kind === 'issued'
      ? { ...issued, tokens: { ...issued.tokens, accessToken: new Secret('access-1') } }
      : issued;
  };

  it('is an error of the service, with words of its own', async () => {
    const program = await Program.signedIn();
    program.service.then(() => sameToken(program));
    const told = toldBy(program, await report(program));
    expect(told).toMatch(/^service_error – –: The service gave the same token again/);
    expect(program.state).toBe('active');
  });

  it('is told so to all who wait for it, and to none who asked for a longer life', async () => {
    const program = await Program.signedIn();
    const answer = program.service.thenHold();
    const reports = [report(program), report(program)];
    const asking = program.ask(2700);
    await program.settle();
    answer(sameToken(program));
    await program.settle();
    for (const each of reports) expect(toldBy(program, await each)).toMatch(/^service_error/);
    expect(asking.answer()).toBe('access-1');
  });
});

describe('N5 the service’s own “too many”', () => {
  it('is told as such, never as the budget, and the status says until when', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(lifetime);
    program.service.then(tooMany);
    const told = /^rate_limited – 3600: The service says: too many requests\. Try again at \d\d:\d\d\.$/;
    expect(toldBy(program, await program.token())).toMatch(told);
    expect(program.accounts.report(null)).toMatchObject({
      rateLimitedUntil: program.clock.wallNow() + hour,
      budget: { nextAt: null },
    });
    await program.clock.advance(30 * minute);
    await program.restart();
    expect(toldBy(program, await program.token())).toMatch(/^rate_limited – 1800: The service says/);
    await program.clock.advance(30 * minute);
    expect(program.accounts.report(null)?.rateLimitedUntil).toBeNull();
    expect(await program.tokenText()).toBe('access-2');
  });

  it('comes before a spent budget, whose own words and time follow', async () => {
    const program = await Program.signedIn();
    for (let again = 0; again < 2; again += 1) {
      await program.accounts.signOut(null);
      await program.signIn();
    }
    program.service.then({ kind: 'too_many', retryAfterMs: 2 * minute });
    await program.accounts.person.renew(null, { evenOverBudget: true });
    expect(toldBy(program, await report(program))).toMatch(/^rate_limited – 120:/);
    await program.clock.advance(2 * minute);
    expect(toldBy(program, await report(program))).toMatch(/^budget_exhausted – 480: Enough new tokens/);
  });

  it('is known of an account that is signed out, too', async () => {
    const program = await Program.signedIn();
    program.service.then(tooMany);
    await report(program);
    await program.accounts.signOut(null);
    await program.restart();
    expect(program.accounts.report(anna)?.rateLimitedUntil).toBe(program.clock.wallNow() + hour);
  });
});

describe('N6 each reason for asking nothing of the service', () => {
  it('`uncertain`: the wait after the program died during a renewal', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(lifetime);
    program.service.thenHold();
    program.ask();
    await program.settle();
    await program.restart();
    const told =
      /^offline uncertain 30: The last renewal got no usable answer.* Try again at \d\d:\d\d:\d\d\.$/;
    expect(toldBy(program, await program.token())).toMatch(told);
    expect(program.accounts.report(null)?.hold).toEqual({
      reason: 'uncertain',
      until: program.clock.wallNow() + 30 * second,
    });
  });

  it.each([
    [lostByTimeout, /^offline uncertain 30: No answer from auth\.example\.com in time\. .* try again at/],
    [lostByError, /^service_error – –: The service answered with an error \(503\)\. Try again in a minute/],
  ])(
    '`uncertain`: whoever waited for the lost answer is told what happened, the next the wait',
    async (reply, told) => {
      const program = await Program.signedIn();
      await program.clock.advance(lifetime);
      program.service.then(reply, lostByError);
      expect(toldBy(program, await program.token())).toMatch(told);
      expect(toldBy(program, await program.token())).toMatch(
        /^offline uncertain 30: The last renewal got no/,
      );
      await program.clock.advance(30 * second);
      const again = /^offline uncertain 60: The service answered with an error \(503\)\. Try again at /;
      expect(toldBy(program, await program.token())).toMatch(again);
    },
  );

  it('a connection that failed: in its wait the same words as at first, with the time', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(lifetime);
    program.service.then(untrusted);
    const told =
      /^offline certificate 3: No connection .* certificate is not trusted.* try again at \d\d:\d\d:\d\d\.$/;
    expect(toldBy(program, await program.token())).toMatch(told);
    expect(toldBy(program, await program.token())).toMatch(told);
    expect(program.accounts.report(null)?.hold).toMatchObject({ reason: 'certificate' });
  });

  it('a connection that failed while uncertain: its own words, not those of the lost answer', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(lifetime);
    program.service.then(lostByTimeout, untrusted);
    await program.token();
    await program.clock.advance(30 * second);
    for (let ask = 0; ask < 2; ask += 1) {
      expect(toldBy(program, await program.token())).toMatch(/^offline certificate 3: No connection/);
    }
    expect(program.state).toBe('uncertain');
    expect(program.accounts.report(null)?.hold).toMatchObject({ reason: 'certificate' });
  });

  it('`waking`: the 20 s after waking', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(lifetime);
    program.woke();
    expect(toldBy(program, await program.token())).toMatch(
      /^offline waking 20: This computer has just woken up/,
    );
    expect(program.accounts.report(null)?.hold).toEqual({
      reason: 'waking',
      until: program.clock.wallNow() + 20 * second,
    });
    await program.clock.advance(20 * second);
    expect(program.accounts.report(null)?.hold).toBeNull();
    expect(await program.tokenText()).toBe('access-2');
  });

  it('`store`: a ledger that takes no line', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(50 * minute);
    program.ledger.writable = false;
    const told =
      /^offline store 600: New tokens cannot be recorded, .*doctor.* try again at \d\d:\d\d:\d\d\.$/;
    expect(toldBy(program, await program.token())).toMatch(told);
    expect(toldBy(program, await program.token())).toMatch(told);
    expect(program.accounts.report(null)).toMatchObject({
      hold: { reason: 'store', until: program.clock.wallNow() + 10 * minute },
      budget: { nextAt: null },
    });
    await program.accounts.signOut(null);
    expect(await program.signIn({}, 'agent')).toMatchObject({
      ok: false,
      failure: { code: 'offline', reason: 'store', retryAt: program.clock.wallNow() + 10 * minute },
    });
  });

  it('no reason where nothing holds tools back, or a person has to act', async () => {
    const program = await Program.signedIn();
    expect(program.accounts.report(null)?.hold).toBeNull();
    program.woke();
    program.service.then(refusedAsSuspended);
    await program.accounts.person.renew(null, { evenOverBudget: false });
    expect(program.accounts.report(null)).toMatchObject({ state: 'suspended', hold: null });
  });

  it('a service that does not answer within the time of a request: no answer in time', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(lifetime);
    program.service.thenHold();
    const asking = program.token();
    await program.clock.advance(20 * second);
    expect(toldBy(program, await asking)).toMatch(
      /^offline network 1: No answer from auth\.example\.com in time/,
    );
  });

  it('a sign-in that is needed: whether the service ended the session, or what was stored cannot be read', async () => {
    const program = await Program.signedIn();
    const stored = program.vault.records.get(anna);
    if (stored) program.vault.records.set(anna, { ...stored, unreadable: true });
    await program.restart();
    expect(program.accounts.report(null)).toMatchObject({ state: 'needs_sign_in', unreadable: true });
    await program.signIn();
    program.service.then(refusedAsExpired);
    await report(program);
    expect(program.accounts.report(null)).toMatchObject({ state: 'needs_sign_in', unreadable: false });
  });

  it('a program that is stopping says so', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(lifetime);
    await program.accounts.close();
    expect(toldBy(program, await program.token())).toMatch(/^offline – 1: Token Tray is stopping\./);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { loginPath, refreshPath } from '../auth-service/routes.ts';
import {
  choose,
  demo,
  expectAnswer,
  expectRow,
  expired,
  memoryAgent,
  post,
  report,
  signIn,
  signOutOfAll,
  statusOf,
} from '../support/state-row.ts';
import type { AgentProcess } from '../support/token-tray-process.ts';

const paused = { token: 'paused', renew: 'paused', exit: 5, says: /paused until \d\d:\d\d.*resume/ } as const;
const suspended = { token: 'suspended', renew: 'suspended', exit: 3, says: 'suspended' } as const;

describe('the state table, by its real causes: the session', () => {
  const shared = new AsyncDisposableStack();
  let agent: AgentProcess;
  beforeAll(async () => {
    agent = await memoryAgent(shared);
  });
  afterEach(() => signOutOfAll(agent));
  afterAll(() => shared.disposeAsync());

  /** Waits until a sign-in is under way that the service does not answer. `answer`: the agent's, in the end. */
  async function hangingSignIn(service: AuthService): Promise<{ answer: Promise<Response | null> }> {
    service.fault({ path: loginPath, times: 1, delayMs: 1 });
    const answer = post(agent, '/v1/login', { ...demo, api: service.url }).catch(() => null);
    await expect.poll(async () => (await statusOf(agent)).state).toBe('signing_in');
    return { answer };
  }

  it('E40 signed_out, active, renewing, and paused above each', async () => {
    // A delay lasts until the test lets it go.
    const held = Promise.withResolvers<undefined>();
    await using service = await startAuthService({ wait: () => held.promise });
    const signedOut = { state: 'signed_out', token: 'signed_out', renew: 'signed_out', exit: 3 } as const;
    await expectRow(agent, null, { ...signedOut, says: 'token-tray login' });
    await post(agent, '/v1/pause', { seconds: 3600 });
    await expectRow(agent, null, { ...signedOut, ...paused });
    await post(agent, '/v1/resume');

    await signIn(agent, service);
    const first = await agent.token();
    await expectRow(agent, first, { state: 'active', token: 200, exit: 0 });
    await post(agent, '/v1/pause', { seconds: 3600 });
    await expectRow(agent, first, { state: 'active', ...paused });
    await post(agent, '/v1/resume');

    service.fault({ path: refreshPath, times: 1, delayMs: 1 });
    const waiting = [report(agent, first), report(agent, first)];
    await expect.poll(async () => (await statusOf(agent)).state).toBe('renewing');
    await expectRow(agent, first, { state: 'renewing', token: 200, exit: 0 });
    held.resolve(undefined);
    for (const answer of waiting) await expectAnswer(await answer, 200);
    const second = await agent.token();
    expect(second).not.toBe(first);
    // Made by such a report, it is too young to be made anew.
    await expectRow(agent, second, { state: 'active', token: 200, renew: 200, exit: 0 });
    expect(service.stats()).toMatchObject({ logins: 1, refreshes: 1 });
  });

  it('E40 needs_sign_in and signing_in: the token while it lives, then signed_out, at once', async () => {
    const never = Promise.withResolvers<undefined>();
    await using service = await startAuthService({ wait: () => never.promise });
    // Tokens of 2 s, and a refresh token that is over from the start.
    await using shortLived = await startAuthService({ accessLifetime: 2, wait: () => never.promise });
    shortLived.fault({ path: refreshPath, times: 9, status: 401 });
    const ended = await signIn(agent, shortLived);
    const held = await signIn(agent, service);
    const token = await agent.token();
    service.expire('refresh');
    await expectAnswer(await report(agent, token), 'signed_out');
    const refused = { renew: 'signed_out', says: 'token-tray login' } as const;
    await expectRow(agent, token, { state: 'needs_sign_in', ...refused, token: 200, exit: 0, says: /^$/ });
    const { answer: signingIn } = await hangingSignIn(service);
    await expectAnswer(await agent.fetch('/v1/token?min_ttl=60'), 200, token);

    await choose(agent, ended);
    await expired(agent);
    await expectAnswer(await agent.fetch('/v1/token'), 'signed_out');
    const { answer: signingInAgain } = await hangingSignIn(shortLived);
    await expectRow(agent, null, { state: 'signing_in', ...refused, token: 'signed_out', exit: 3 });
    // The sign-in of a person who gives up: back to where it came from.
    for (const [account, answer] of [
      [ended, signingInAgain],
      [held, signingIn],
    ] as const) {
      await choose(agent, account);
      await post(agent, '/v1/logout');
      await expectAnswer((await answer) ?? Response.error(), 'signed_out');
      await expectRow(agent, null, { state: 'signed_out', ...refused, token: 'signed_out', exit: 3 });
    }
    never.resolve(undefined);
  });

  it('E40 suspended: no token though one is in hand, beneath a sign-in too, and paused above it', async () => {
    const never = Promise.withResolvers<undefined>();
    const suspendAfter = { generations: 1, seconds: 600 };
    await using service = await startAuthService({
      suspendAfter,
      wait: () => never.promise,
    });
    await signIn(agent, service);
    const token = await agent.token();
    await expectAnswer(await report(agent, token), 'suspended');
    await expectRow(agent, token, { state: 'suspended', ...suspended });
    await post(agent, '/v1/pause', { seconds: 60 });
    await expectRow(agent, token, { state: 'suspended', ...paused });
    await post(agent, '/v1/resume');
    await hangingSignIn(service);
    await expectRow(agent, token, { state: 'signing_in', ...suspended });
    expect(service.received(refreshPath)).toBe(1);
    never.resolve(undefined);
  });
});

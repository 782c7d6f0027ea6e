import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { refreshPath } from '../auth-service/routes.ts';
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
import { call, type AgentProcess } from '../support/token-tray-process.ts';

const offline = { token: 'offline', renew: 'offline', exit: 1 } as const;
const spent = { state: 'active', renew: 'budget_exhausted' } as const;

// An account of tokens of 2 s beside one of 45 min: no row has to be held against every door while a token lives.
const short = { accessLifetime: 2 };

describe('the state table, by its real causes: the service in trouble', () => {
  const shared = new AsyncDisposableStack();
  let agent: AgentProcess;
  beforeAll(async () => {
    agent = await memoryAgent(shared);
  });
  afterEach(() => signOutOfAll(agent));
  afterAll(() => shared.disposeAsync());

  it('E40 uncertain: the token, however short; without one a try where it is due', async () => {
    await using service = await startAuthService();
    await using shortLived = await startAuthService({ ...short, rotationGrace: 60 });
    const ended = await signIn(agent, shortLived);
    const token = await agent.token();
    // With 45 minutes to live, half a minute has to pass before a try.
    await signIn(agent, service);
    const held = await agent.token();
    service.fault({ path: refreshPath, times: 9, dropAfterProcessing: true });
    await expectAnswer(await report(agent, held), 'offline');
    await expectRow(agent, held, { state: 'uncertain', token: 200, renew: 'offline', exit: 0 });
    await expectAnswer(await agent.fetch('/v1/token?min_ttl=2700'), 200, held);

    await choose(agent, ended);
    await expired(agent);
    shortLived.fault({ path: refreshPath, times: 2, dropAfterProcessing: true });
    const before = shortLived.received(refreshPath);
    await expectAnswer(await agent.fetch('/v1/token'), 'offline');
    expect((await statusOf(agent)).state).toBe('uncertain');
    // The second answer is lost as well; the service takes the same refresh token again.
    await expect.poll(async () => (await agent.fetch('/v1/token')).status).toBe(200);
    expect(shortLived.received(refreshPath) - before).toBeGreaterThanOrEqual(3);
    expect(await agent.token()).not.toBe(token);
  });

  it('E40 offline: the token, then offline; an error of the service is none of its own', async () => {
    await using service = await startAuthService();
    await using shortLived = await startAuthService(short);
    const ended = await signIn(agent, shortLived);
    await signIn(agent, service);
    const token = await agent.token();
    await Promise.all([service.close(), shortLived.close()]);
    await expectAnswer(await report(agent, token), 'offline');
    await expectRow(agent, token, { state: 'offline', token: 200, renew: 'offline', exit: 0 });

    await choose(agent, ended);
    await expired(agent);
    await expectAnswer(await agent.fetch('/v1/token'), 'offline');
    await expectRow(agent, null, { state: 'offline', ...offline, says: 'No connection' });
    await post(agent, '/v1/pause', { seconds: 60 });
    await expectRow(agent, null, { state: 'offline', token: 'paused', renew: 'paused', exit: 5 });
    await post(agent, '/v1/resume');
  });

  it('E40 an error from a good state is service_error, and names no time', async () => {
    await using service = await startAuthService();
    await signIn(agent, service);
    service.fault({ path: refreshPath, times: 1, status: 500 });
    const answer = await report(agent, await agent.token());
    expect(await answer.clone().json()).toMatchObject({ failure: 'service_error' });
    await expectAnswer(answer, 'service_error');
  });

  it('E40 the budget spent, the service away besides: the token, and budget_exhausted for a report', async () => {
    await using service = await startAuthService();
    await signIn(agent, service);
    for (let again = 0; again < 2; again += 1) {
      await post(agent, '/v1/logout');
      await post(agent, '/v1/login', { ...demo, api: service.url });
    }
    const token = await agent.token();
    await expectRow(agent, token, { ...spent, token: 200, exit: 0 });
    const { budget } = await statusOf(agent);
    expect(budget).toMatchObject({ used: 3, limit: 60 });
    const waitMs = Date.parse(budget.next_at ?? '') - Date.now();
    expect(waitMs).toBeLessThanOrEqual(10 * 60_000);
    const answer = await report(agent, token);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(waitMs / 1000 - 60);
    await service.close();
    await expectRow(agent, token, { ...spent, token: 200, exit: 0 });
  });

  it('E40 S07 N5 the service’s own “too many”: the token, then rate_limited with its time', async () => {
    await using service = await startAuthService();
    await using shortLived = await startAuthService(short);
    for (const each of [service, shortLived]) {
      each.fault({ path: refreshPath, times: 1, status: 429, headers: { 'retry-after': '600' } });
    }
    const ended = await signIn(agent, shortLived);
    await signIn(agent, service);
    const token = await agent.token();
    const refused = await report(agent, token);
    expect(Number(refused.headers.get('retry-after'))).toBe(600);
    await expectAnswer(refused, 'rate_limited');
    const { rate_limited_until: until, budget } = await statusOf(agent);
    expect(Date.parse(until ?? '') - Date.now()).toBeGreaterThan(590_000);
    expect(budget.next_at).toBeNull();
    const limited = { state: 'active', renew: 'rate_limited' } as const;
    await expectRow(agent, token, { ...limited, token: 200, exit: 0 });
    expect(service.received(refreshPath)).toBe(1);

    await choose(agent, ended);
    await expired(agent);
    const says = /^The service says: too many requests\. Try again at (\d{4}-\d\d-\d\d )?\d\d:\d\d\.$/m;
    await expectRow(agent, null, { ...limited, token: 'rate_limited', exit: 1, says });
    const status = await call(['status', '--home', agent.home]);
    expect(status.stdout).toMatch(
      /too many requests\. Token Tray asks for a new token after (\d{4}-\d\d-\d\d )?\d\d:\d\d\.$/m,
    );
    expect(shortLived.received(refreshPath)).toBe(1);
  });
});

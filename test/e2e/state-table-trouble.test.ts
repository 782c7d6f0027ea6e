import { describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { refreshPath } from '../auth-service/routes.ts';
import {
  demo,
  expectAnswer,
  expectRow,
  expired,
  post,
  report,
  signedInAgent,
  statusOf,
} from '../support/state-row.ts';
import { call } from '../support/token-tray-process.ts';

const offline = { token: 'offline', renew: 'offline', exit: 1 } as const;
const spent = { state: 'active', renew: 'budget_exhausted' } as const;

describe('the state table, by its real causes: the service in trouble', () => {
  it('E40 uncertain: the token, however short; without one a try where it is due', async () => {
    await using service = await startAuthService({ accessLifetime: 3, rotationGrace: 60 });
    await using agent = await signedInAgent(service);
    await using patient = await signedInAgent(await longLived());
    const token = await agent.token();
    await expired(agent);
    service.fault({ path: refreshPath, times: 2, dropAfterProcessing: true });
    await expectAnswer(await agent.fetch('/v1/token'), 'offline');
    expect((await statusOf(agent)).state).toBe('uncertain');
    // The second answer is lost as well; the service would take the same refresh token again.
    await expect.poll(async () => (await agent.fetch('/v1/token'), service.received(refreshPath))).toBe(2);
    await expect.poll(async () => (await agent.fetch('/v1/token')).status).toBe(200);
    expect(await agent.token()).not.toBe(token);

    // With 45 minutes to live, half a minute has to pass before a try.
    const held = await patient.token();
    await expectAnswer(await report(patient, held), 'offline');
    await expectRow(patient, held, { state: 'uncertain', token: 200, renew: 'offline', exit: 0 });
    await expectAnswer(await patient.fetch('/v1/token?min_ttl=2700'), 200, held);
  });

  it('E40 offline: the token, then offline; an error of the service is none of its own', async () => {
    await using service = await startAuthService({ accessLifetime: 8 });
    await using agent = await signedInAgent(service);
    const token = await agent.token();
    await service.close();
    await expectAnswer(await report(agent, token), 'offline');
    await expectRow(agent, token, { state: 'offline', token: 200, renew: 'offline', exit: 0 });
    await expired(agent);
    await expectRow(agent, null, { state: 'offline', ...offline, says: 'No connection' });
    await post(agent, '/v1/pause', { seconds: 60 });
    await expectRow(agent, null, { state: 'offline', token: 'paused', renew: 'paused', exit: 5 });
  });

  it('E40 an error from a good state is service_error, and names no time', async () => {
    await using service = await startAuthService();
    await using agent = await signedInAgent(service);
    service.fault({ path: refreshPath, times: 1, status: 500 });
    const answer = await report(agent, await agent.token());
    expect(await answer.clone().json()).toMatchObject({ failure: 'service_error' });
    await expectAnswer(answer, 'service_error');
  });

  it('E40 the budget spent, the service away besides: the token, and budget_exhausted for a report', async () => {
    await using service = await startAuthService();
    await using agent = await signedInAgent(service);
    for (let again = 0; again < 2; again += 1) {
      await post(agent, '/v1/logout');
      await post(agent, '/v1/login', demo);
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
    await using service = await startAuthService({ accessLifetime: 8 });
    await using agent = await signedInAgent(service);
    const token = await agent.token();
    service.fault({ path: refreshPath, times: 1, status: 429, headers: { 'retry-after': '600' } });
    const refused = await report(agent, token);
    expect(Number(refused.headers.get('retry-after'))).toBe(600);
    await expectAnswer(refused, 'rate_limited');
    const { rate_limited_until: until, budget } = await statusOf(agent);
    expect(Date.parse(until ?? '') - Date.now()).toBeGreaterThan(590_000);
    expect(budget.next_at).toBeNull();
    const limited = { state: 'active', renew: 'rate_limited' } as const;
    await expectRow(agent, token, { ...limited, token: 200, exit: 0 });
    await expired(agent);
    const says = /^The service says: too many requests\. Try again at \d\d:\d\d\.$/m;
    await expectRow(agent, null, { ...limited, token: 'rate_limited', exit: 1, says });
    const status = await call(['status', '--home', agent.home]);
    expect(status.stdout).toMatch(/too many requests\. Token Tray asks for a new token after \d\d:\d\d\.$/m);
    expect(service.received(refreshPath)).toBe(1);
  });
});

/** A service with tokens of 45 minutes that loses the answers to its refreshes. */
async function longLived() {
  const service = await startAuthService();
  service.fault({ path: refreshPath, times: 9, dropAfterProcessing: true });
  return service;
}

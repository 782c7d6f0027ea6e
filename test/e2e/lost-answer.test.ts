import { describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { refreshPath } from '../auth-service/routes.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess } from '../support/token-tray-process.ts';

describe('an answer that is lost after the service has processed the request', () => {
  it.each([
    ['the service takes the same refresh token again within its grace', { rotationGrace: 60 }, 200],
    ['the service detects the reuse', { reuseDetection: true }, 503],
  ])('S01 %s', async (_, settings, status) => {
    await using service = await startAuthService({ accessLifetime: 6, ...settings });
    const args = ['--api', service.url, '--username', 'demo@example.com'];
    await using agent = await AgentProcess.start({
      home: await temporaryHome(),
      args,
      password: 'correct horse',
    });
    const old = await agent.token();
    const state = async () => ((await (await agent.fetch('/v1/status')).json()) as { state: string }).state;

    service.fault({ path: refreshPath, times: 1, dropAfterProcessing: true });
    await expect.poll(async () => (await agent.token(), state()), { timeout: 20_000 }).toBe('uncertain');
    expect(service.received(refreshPath)).toBe(1);

    // The old token is served to its end, and then one more try is made.
    const seen = new Set<string>();
    const ask = async () => {
      const answer = await agent.fetch('/v1/token');
      const body = (await answer.json()) as { access_token?: string };
      if (service.received(refreshPath) === 1 && body.access_token !== undefined) seen.add(body.access_token);
      return service.received(refreshPath);
    };
    await expect.poll(ask, { timeout: 20_000 }).toBe(2);
    expect([...seen]).toEqual([old]);
    await expect.poll(async () => (await agent.fetch('/v1/token')).status, { timeout: 20_000 }).toBe(status);
    expect(service.received(refreshPath)).toBe(2);
    expect(await state()).toBe(status === 200 ? 'active' : 'needs_sign_in');
  });
});

import { describe, expect, it } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { refreshPath } from '../auth-service/routes.ts';
import { demo, expectAnswer, post, signedInAgent, statusOf } from '../support/state-row.ts';
import type { AgentProcess } from '../support/token-tray-process.ts';

interface Outcome {
  readonly account: string;
  readonly status: number;
  readonly state: string;
}

/** Loses the answer to a renewal, asks on and on until one more try has been made, and holds what comes of it. */
async function loseAnAnswer(
  agent: AgentProcess,
  service: AuthService,
  { account, status, state }: Outcome,
): Promise<void> {
  const query = `?account=${encodeURIComponent(account)}`;
  const ask = () => agent.fetch(`/v1/token${query}`);
  const tokenIn = async (answer: Response) =>
    ((await answer.json()) as { access_token?: string }).access_token;
  const stateNow = async () => (await statusOf(agent)).accounts.find((one) => one.account === account)?.state;

  const old = await tokenIn(await ask());
  service.fault({ path: refreshPath, times: 1, dropAfterProcessing: true });
  await expectAnswer(await post(agent, `/v1/token/renew${query}`, { rejected: old }), 'offline');
  expect(await stateNow()).toBe('uncertain');
  expect(service.received(refreshPath)).toBe(1);

  // The old token is served to its end, and then one more try is made.
  const seen = new Set<string>();
  const askOn = async () => {
    const token = await tokenIn(await ask());
    if (service.received(refreshPath) === 1 && token !== undefined) seen.add(token);
    return service.received(refreshPath);
  };
  await expect.poll(askOn, { timeout: 20_000 }).toBe(2);
  expect([...seen]).toEqual([old]);
  await expect.poll(async () => (await ask()).status).toBe(status);
  expect(service.received(refreshPath)).toBe(2);
  expect(await stateNow()).toBe(state);
}

describe('an answer that is lost after the service has processed the request', () => {
  it('S01 is asked for once more: it comes within the service’s grace, else a person signs in again', async () => {
    await using forgiving = await startAuthService({ accessLifetime: 6, rotationGrace: 60 });
    await using strict = await startAuthService({ accessLifetime: 6, reuseDetection: true });
    await using agent = await signedInAgent(forgiving);
    const login = await post(agent, '/v1/login', { ...demo, api: strict.url });
    const { account } = (await login.json()) as { account: string };
    await Promise.all([
      loseAnAnswer(agent, forgiving, { account: demo.username, status: 200, state: 'active' }),
      loseAnAnswer(agent, strict, { account, status: 503, state: 'needs_sign_in' }),
    ]);
  });
});

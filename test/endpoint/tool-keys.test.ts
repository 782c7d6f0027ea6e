import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../electron/endpoint/key.ts';
import { Secret } from '../../electron/core/secret.ts';
import { Tools } from '../../electron/core/tools.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { InMemoryTools } from '../support/in-memory-home.ts';
import { anna, signedInReport } from '../support/scripted-engine.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

/** Adds a tool and answers its key. */
async function add(endpoint: TestEndpoint, body: object): Promise<string> {
  const added = await endpoint.post('/v1/tools', body);
  expect(added.status).toBe(200);
  return (added.json as { key: string }).key;
}

function bearer(key: string): { headers: Record<string, string> } {
  return { headers: { authorization: `Bearer ${key}` } };
}

describe('the key of a tool', () => {
  it('E28 is made here, shown once, and opens the token', async () => {
    await using endpoint = await TestEndpoint.start();
    const key = await add(endpoint, { name: 'report' });
    expect(key).toMatch(/^tt_[\w-]{43}$/);
    expect(await endpoint.ask('/v1/token', bearer(key))).toMatchObject({ status: 200 });
    expect(endpoint.engine.asks).toMatchObject([{ tool: 'report', account: null }]);
    expect(endpoint.tools.list()).toMatchObject([{ name: 'report', digest: digestOf(new Secret(key)) }]);
    const listed = await endpoint.ask('/v1/tools');
    expect(listed.text).not.toContain(key);
    expect(endpoint.logText).not.toContain(key);
  });

  it('E28 cannot be chosen by whoever adds it', async () => {
    await using endpoint = await TestEndpoint.start();
    for (const extra of [{ key: 'password' }, { sha256: 'A'.repeat(43) }, { digest: 'x' }]) {
      const refused = await endpoint.post('/v1/tools', { name: 'report', ...extra });
      expect(refused).toMatchObject({ status: 400, json: { code: 'bad_request' } });
    }
    expect(endpoint.tools.list()).toEqual([]);
  });

  it('E24 is refused on the next request of an open connection once it is revoked', async () => {
    await using endpoint = await TestEndpoint.start();
    const key = await add(endpoint, { name: 'report' });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      const first = await askOver(agent, endpoint.port, key);
      const second = await askOver(agent, endpoint.port, key);
      expect([first.status, second.status, second.reused]).toEqual([200, 200, true]);
      expect((await endpoint.post('/v1/tools/revoke', { name: 'report' })).status).toBe(200);
      expect(await askOver(agent, endpoint.port, key)).toMatchObject({ status: 401, reused: true });
    } finally {
      agent.destroy();
    }
  });

  it('E25 for one account gets that one alone, and learns of no other', async () => {
    await using endpoint = await TestEndpoint.start();
    endpoint.engine.sessionReport = {
      ...signedInReport,
      accounts: [
        { account: anna, state: 'active', default: false },
        { account: 'ben@warehouse.example', state: 'active', default: true },
      ],
    };
    const key = await add(endpoint, { name: 'report', account: anna });
    const ask = (target: string) => endpoint.ask(target, bearer(key));
    expect((await ask('/v1/token')).status).toBe(200);
    expect((await ask(`/v1/token?account=${anna}`)).status).toBe(200);
    expect(endpoint.engine.asks.map(({ account }) => account)).toEqual([anna, anna]);
    for (const target of ['/v1/token', '/v1/status', '/v1/token/renew']) {
      const method = target.endsWith('renew') ? 'POST' : 'GET';
      const other = await endpoint.ask(`${target}?account=ben@warehouse.example`, {
        method,
        ...bearer(key),
        ...(method === 'POST' && { body: '{"rejected":"x"}' }),
      });
      expect(other).toMatchObject({ status: 403, json: { code: 'forbidden' } });
    }
    expect((await ask('/v1/status')).text).not.toContain('ben@');
    expect(endpoint.engine.rejectedReports).toEqual([]);
  });

  it('E24 is refused on the next request of an open connection once its time is over', async () => {
    const clock = new FakeClock();
    const tools = new Tools(new InMemoryTools(), clock, () => undefined);
    await using endpoint = await TestEndpoint.start({ tools });
    const key = await add(endpoint, { name: 'report', expires_in: 3_600 });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      expect(await askOver(agent, endpoint.port, key)).toMatchObject({ status: 200 });
      await clock.advance(3_599_000);
      expect(await askOver(agent, endpoint.port, key)).toMatchObject({ status: 200, reused: true });
      await clock.advance(1_000);
      expect(await askOver(agent, endpoint.port, key)).toMatchObject({ status: 401, reused: true });
    } finally {
      agent.destroy();
    }
  });

  it('for the proxy alone opens neither token nor status', async () => {
    await using endpoint = await TestEndpoint.start();
    const key = await add(endpoint, { name: 'sheet', proxy_only: true });
    for (const target of ['/v1/token', '/v1/status']) {
      expect(await endpoint.ask(target, bearer(key))).toMatchObject({
        status: 403,
        json: { code: 'forbidden' },
      });
    }
    expect(endpoint.engine.calls).toBe(0);
  });

  it('never opens what is the owner’s', async () => {
    await using endpoint = await TestEndpoint.start();
    const key = await add(endpoint, { name: 'report' });
    const posts = [
      'login',
      'logout',
      'pause',
      'resume',
      'tools',
      'tools/revoke',
      'accounts/default',
      'lease',
    ];
    const asks = [
      ...posts.map((name) => ({ target: `/v1/${name}`, method: 'POST' })),
      { target: '/v1/activity', method: 'GET' },
      { target: '/v1/outlook', method: 'GET' },
      { target: '/v1/tools', method: 'GET' },
    ];
    for (const { target, method } of asks) {
      const refused = await endpoint.ask(target, { method, ...bearer(key) });
      expect([target, refused.status]).toEqual([target, 403]);
    }
  });

  it('goes on where the programs of this user are shut out', async () => {
    await using endpoint = await TestEndpoint.start();
    const key = await add(endpoint, { name: 'report' });
    await endpoint.settings.set('programsOfThisUser', false);
    expect((await endpoint.ask('/v1/token', bearer(key))).status).toBe(200);
    expect((await endpoint.ask('/v1/token')).status).toBe(403);
    expect((await endpoint.ask('/v1/lease', { method: 'POST' })).status).toBe(403);
  });
});

describe('the tools’ routes', () => {
  it('list each tool with its limits, its last use and its count of today', async () => {
    await using endpoint = await TestEndpoint.start();
    await add(endpoint, { name: 'report', expires_in: 3600, proxy_only: true, account: anna });
    endpoint.usage.count('report', anna);
    endpoint.usage.count('report', anna);
    const { tools } = (await endpoint.ask('/v1/tools')).json as { tools: Record<string, string>[] };
    const [{ added_at: addedAt = '', expires_at: expiresAt = '', last_at: lastAt = '', ...rest } = {}] =
      tools;
    expect(rest).toEqual({ name: 'report', count_today: 2, proxy_only: true, account: anna });
    expect(Date.parse(expiresAt) - Date.parse(addedAt)).toBe(3_600_000);
    expect(Date.parse(lastAt)).toBeGreaterThan(0);
  });

  it.each([
    ['a name that will not do', { name: 'No Name' }, 400, 'bad_tool_name'],
    ['a name twice', { name: 'taken' }, 400, 'tool_exists'],
    ['an account that is not here', { name: 'x', account: 'eve' }, 404, undefined],
    ['no name', {}, 400, undefined],
    ['a time that is none', { name: 'x', expires_in: 0 }, 400, undefined],
    ['half a second', { name: 'x', expires_in: 1.5 }, 400, undefined],
  ])('refuse %s in one sentence', async (_what, body, status, failure) => {
    await using endpoint = await TestEndpoint.start();
    await add(endpoint, { name: 'taken' });
    const refused = await endpoint.post('/v1/tools', body);
    expect(refused.status).toBe(status);
    expect((refused.json as { failure?: string }).failure).toBe(failure);
    expect((refused.json as { detail: string }).detail).toMatch(/\.$|revoke\.$/);
    expect(endpoint.tools.list()).toHaveLength(1);
  });

  it('say which tool there is not', async () => {
    await using endpoint = await TestEndpoint.start();
    const refused = await endpoint.post('/v1/tools/revoke', { name: 'ghost' });
    expect(refused).toMatchObject({ status: 404, json: { code: 'not_found', failure: 'unknown_tool' } });
  });
});

/** A request over an agent's one connection. */
function askOver(agent: Agent, port: number, key: string): Promise<{ status: number; reused: boolean }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}` };
    const asking = request({ host: '127.0.0.1', port, path: '/v1/token', headers, agent }, (answer) => {
      void text(answer).then(() => resolve({ status: answer.statusCode ?? 0, reused: asking.reusedSocket }));
    });
    asking.on('error', reject);
    asking.end();
  });
}

import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { anna } from '../support/scripted-engine.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

/** A lease as a client holds it. */
interface Held {
  readonly asking: ClientRequest;
  readonly answer: IncomingMessage;
  readonly key: string;
}

function hold(endpoint: TestEndpoint, query = ''): Promise<Held> {
  return new Promise((resolve, reject) => {
    const asking = request(
      {
        host: '127.0.0.1',
        port: endpoint.port,
        path: `/v1/lease${query}`,
        method: 'POST',
        headers: { authorization: `Bearer ${endpoint.key}` },
        agent: false,
      },
      (answer) => {
        answer.once('data', (line: Buffer) => {
          const { key } = JSON.parse(line.toString()) as { key: string };
          resolve({ asking, answer, key });
        });
      },
    );
    // Ended from the other side, or by the test itself.
    asking.on('error', reject);
    asking.end();
  });
}

async function statusWith(endpoint: TestEndpoint, key: string, target = '/v1/token'): Promise<number> {
  return (await endpoint.ask(target, { headers: { authorization: `Bearer ${key}` } })).status;
}

describe('a lent key', () => {
  it('opens what tools get, as a program of this user, while its connection lives and no longer', async () => {
    await using endpoint = await TestEndpoint.start();
    const { asking, key } = await hold(endpoint);
    expect(key).toMatch(/^tt_[\w-]{43}$/);
    expect(await statusWith(endpoint, key)).toBe(200);
    expect(await statusWith(endpoint, key, '/v1/status')).toBe(200);
    expect(await statusWith(endpoint, key, '/v1/tools')).toBe(403);
    expect(await statusWith(endpoint, key, '/v1/activity')).toBe(403);
    expect(endpoint.engine.asks).toMatchObject([{ tool: null }]);
    await endpoint.settings.set('programsOfThisUser', false);
    expect(await statusWith(endpoint, key)).toBe(403);
    await endpoint.settings.set('programsOfThisUser', true);
    asking.destroy();
    await expect.poll(() => statusWith(endpoint, key)).toBe(401);
  });

  it('is for one account where one was named', async () => {
    await using endpoint = await TestEndpoint.start();
    const { asking, key } = await hold(endpoint, `?account=${anna}`);
    expect(await statusWith(endpoint, key)).toBe(200);
    expect(endpoint.engine.asks).toMatchObject([{ account: anna }]);
    expect(await statusWith(endpoint, key, '/v1/token?account=ben')).toBe(403);
    asking.destroy();
    expect((await endpoint.ask('/v1/lease?account=eve', { method: 'POST' })).status).toBe(404);
  });

  it('does not hold up the end: its connection is ended, and its key with it', async () => {
    const endpoint = await TestEndpoint.start();
    const { answer, key } = await hold(endpoint);
    const ended = new Promise((resolve) => answer.once('end', resolve));
    answer.resume();
    await endpoint[Symbol.asyncDispose]();
    await ended;
    await expect(statusWith(endpoint, key)).rejects.toThrow();
  });
});

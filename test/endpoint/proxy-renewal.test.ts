import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ApiPools } from '../../electron/adapters/api-pools.ts';
import { startEndpoint } from '../../electron/endpoint/endpoint.ts';
import { newKey } from '../../electron/endpoint/key.ts';
import { ApiServer } from '../support/api-server.ts';
import { InMemorySettings, silentLog } from '../support/in-memory-home.ts';
import { minute, Program } from '../support/program.ts';
import { temporaryHome } from '../support/temporary-home.ts';

/** The endpoint with the real session rules behind it, on a fake clock, signed in to the API. */
async function signedInEndpoint(api: ApiServer) {
  const program = await Program.signedIn({ serviceUrl: api.url });
  const { core, clock } = program;
  const ownerKey = newKey();
  const ways = new ApiPools();
  const started = await startEndpoint({
    engine: core.accounts,
    tools: core.tools,
    activity: core.activity,
    pause: core.pause,
    settings: new InMemorySettings(),
    ways,
    lookAtServices: () => Promise.resolve({ services: [], findings: [] }),
    log: silentLog,
    now: () => clock.wallNow(),
    ownerKey,
    port: 0,
    socketPath: `${await temporaryHome()}/endpoint.sock`,
    platform: process.platform,
    stop: () => undefined,
  });
  if (!started.ok) throw new Error(started.failure.code);
  const endpoint = started.value;
  const headers = { authorization: `Bearer ${ownerKey.reveal()}` };
  return {
    program,
    ask: (path: string, init: RequestInit = {}) => fetch(endpoint.url + path, { ...init, headers }),
    async [Symbol.asyncDispose]() {
      await endpoint.close();
      ways.close();
    },
  };
}

/** An API that takes one token alone. */
function takingOnly(token: string): Promise<ApiServer> {
  return ApiServer.start((request, response) => {
    response.statusCode = request.headers.authorization === `Bearer ${token}` ? 200 : 401;
    response.end(response.statusCode === 200 ? 'taken' : 'refused');
  });
}

describe('the API’s 401', () => {
  it('E45 in the middle of fifty calls at once is one renewal, and each call is repeated once', async () => {
    await using api = await takingOnly('access-2');
    await using endpoint = await signedInEndpoint(api);
    const bodies = Array.from({ length: 50 }, (_, index) => `order ${index}`);
    const answers = await Promise.all(
      bodies.map((body) => endpoint.ask('/proxy/orders', { method: 'POST', body })),
    );
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(bodies.map(() => 'taken'));
    expect(endpoint.program.service.refreshes).toHaveLength(1);
    const taken = api.calls.filter(({ headers }) => headers.authorization === 'Bearer access-2');
    expect(taken.map(({ body }) => body).toSorted()).toEqual(bodies.toSorted());
    expect(api.calls.length).toBeLessThanOrEqual(100);
  });

  it('E45 for ever costs one renewal in a quarter of a token’s lifetime, however many call', async () => {
    await using api = await takingOnly('none');
    await using endpoint = await signedInEndpoint(api);
    const call = async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => endpoint.ask('/proxy/orders')));
      expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(answers.map(() => 'refused'));
      return endpoint.program.service.refreshes.length;
    };
    expect(await call()).toBe(1);
    await endpoint.program.clock.advance(11 * minute);
    expect(await call()).toBe(1);
    await endpoint.program.clock.advance(minute);
    expect(await call()).toBe(2);
  });

  it('E45 to a body too large to be held comes through, and the next call has the new token', async () => {
    await using api = await takingOnly('access-2');
    await using endpoint = await signedInEndpoint(api);
    const large = { method: 'PUT', body: 'x'.repeat(100_000) };
    expect((await endpoint.ask('/proxy/file', large)).status).toBe(401);
    expect((await endpoint.ask('/proxy/file', large)).status).toBe(200);
    expect(endpoint.program.service.refreshes).toHaveLength(1);
  });

  it('E45 comes through where no new token can be had', async () => {
    await using api = await takingOnly('access-2');
    await using endpoint = await signedInEndpoint(api);
    endpoint.program.service.then({ kind: 'refused', failure: { code: 'expired' } });
    const answer = await endpoint.ask('/proxy/orders');
    expect([answer.status, await answer.text()]).toEqual([401, 'refused']);
    expect(api.calls).toHaveLength(1);
  });

  it('E45 without an end is not waited for once there is a new token', async () => {
    const refused: Socket[] = [];
    await using api = await ApiServer.streaming((incoming, response) => {
      if (incoming.headers.authorization === 'Bearer access-2') {
        response.end('taken');
        return;
      }
      refused.push(incoming.socket);
      response.writeHead(401).write('refused');
    });
    await using endpoint = await signedInEndpoint(api);
    expect(await (await endpoint.ask('/proxy/orders')).text()).toBe('taken');
    await expect.poll(() => refused.map(({ destroyed }) => destroyed)).toEqual([true]);
  });
});

import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiPools } from '../../electron/adapters/api-pools.ts';
import { Tools } from '../../electron/core/tools.ts';
import type { TokenReply } from '../../electron/core/token-reply.ts';
import { ApiServer } from '../support/api-server.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { InMemoryTools } from '../support/in-memory-home.ts';
import { RawConnection, statusOf } from '../support/raw-connection.ts';
import { heldToken, scriptedTokenText } from '../support/scripted-engine.ts';
import { TestEndpoint, type Answered } from '../support/test-endpoint.ts';

/** A key that has access, and what ends that. */
interface Ending {
  readonly key: string;
  readonly end: () => unknown;
}

const code = { revoked: 'bad_key', expired: 'bad_key', 'given back': 'bad_key', off: 'forbidden' } as const;
type How = keyof typeof code;
const hows = Object.keys(code) as How[];

/** An endpoint before the API at `service`, with a key for each way in which access can end. */
async function endpointFor(service = 'https://api.invalid') {
  const clock = new FakeClock();
  const tools = new Tools(new InMemoryTools(), clock, () => undefined);
  const endpoint = await TestEndpoint.start({ tools });
  const reply: TokenReply = { kind: 'token', token: { ...heldToken, service } };
  endpoint.engine.tokenReply = () => reply;
  const add = async (body: object) => ((await endpoint.post('/v1/tools', body)).json as { key: string }).key;
  const endings: Readonly<Record<How, () => Promise<Ending>>> = {
    revoked: async () => ({
      key: await add({ name: 'revoked' }),
      end: () => tools.revoke('revoked'),
    }),
    expired: async () => ({
      key: await add({ name: 'expired', expires_in: 60 }),
      end: () => clock.advance(60_000),
    }),
    'given back': async () => {
      const lease = await RawConnection.open(endpoint.port);
      lease.send(endpoint.head('POST /v1/lease HTTP/1.1'));
      await lease.until(() => lease.received.includes('"key"'));
      const key = /"key":"([^"]+)"/.exec(lease.received)?.[1] ?? '';
      return { key, end: () => lease.reset() };
    },
    off: async () => ({ key: endpoint.key, end: () => endpoint.settings.set('programsOfThisUser', false) }),
  };
  return {
    endpoint,
    tools,
    reply,
    endings,
    ask: (path: string, key: string, body?: string): Promise<Answered> =>
      endpoint.ask(path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${key}` },
        ...(body !== undefined && { body }),
      }),
    [Symbol.asyncDispose]: () => endpoint[Symbol.asyncDispose](),
  };
}

/** A request of which nothing but its head is read by itself. */
function asking(endpoint: TestEndpoint, key: string, path: string, method = 'GET') {
  const headers = { authorization: `Bearer ${key}` };
  const sent = request({ host: '127.0.0.1', port: endpoint.port, path, method, headers, agent: false });
  return sent.on('error', () => undefined);
}

describe.each(hows)('a request under way whose access has ended (%s)', (how) => {
  it('E54 gets no token that it waits for, and is told so at once', async () => {
    await using at = await endpointFor();
    const { key, end } = await at.endings[how]();
    at.endpoint.engine.tokenReply = () => new Promise(() => undefined);
    at.endpoint.engine.rejectedReply = new Promise(() => undefined);
    const waiting = [
      at.ask('/v1/token', key),
      at.ask('/proxy/orders', key),
      at.ask('/v1/token/renew', key, '{"rejected":"x"}'),
    ];
    await at.endpoint.engine.asked(2);
    await expect.poll(() => at.endpoint.engine.rejectedReports.length).toBe(1);
    await end();
    for (const answer of await Promise.all(waiting)) {
      expect(answer.json).toMatchObject({ code: code[how] });
      expect(answer.headers.connection).toBe('close');
    }
  });

  it('E54 gets none either that comes at the very moment', async () => {
    await using at = await endpointFor();
    const { key, end } = await at.endings[how]();
    const late = Promise.withResolvers<TokenReply>();
    at.endpoint.engine.tokenReply = () => late.promise;
    const waiting = [at.ask('/v1/token', key), at.ask('/proxy/orders', key)];
    await at.endpoint.engine.asked(2);
    const ended = end();
    if (how === 'given back')
      await expect.poll(() => at.ask('/v1/status', key)).toMatchObject({ status: 401 });
    late.resolve(at.reply);
    for (const answer of await Promise.all(waiting)) {
      expect(answer.json).toMatchObject({ code: code[how] });
      expect(answer.text).not.toContain(scriptedTokenText);
    }
    await ended;
  });

  it('E54 is cut off in the middle of a stream and of an upload, at the API too, and others go on', async () => {
    const begun: IncomingMessage[] = [];
    await using api = await ApiServer.streaming((incoming, response) => {
      begun.push(incoming.resume());
      if (incoming.url !== '/upload') response.write('a beginning');
    });
    await using at = await endpointFor(api.url);
    const { key, end } = await at.endings[how]();
    const other = await (how === 'off' ? at.endings.revoked() : at.endings.off());
    const stream = asking(at.endpoint, key, '/proxy/stream').end();
    const goesOn = asking(at.endpoint, other.key, '/proxy/other').end();
    const [[streamed], [kept]] = (await Promise.all([
      once(stream, 'response'),
      once(goesOn, 'response'),
    ])) as [[IncomingMessage], [IncomingMessage]];
    const upload = asking(at.endpoint, key, '/proxy/upload', 'PUT');
    const refused = once(upload, 'response') as Promise<[IncomingMessage]>;
    upload.write('x'.repeat(100_000));
    await expect.poll(() => begun.length).toBe(3);
    await end();
    await expect(text(streamed)).rejects.toThrow();
    const [answer] = await refused;
    expect(await text(answer)).toContain(`"code":"${code[how]}"`);
    const stillOpen = () => begun.filter(({ socket }) => !socket.destroyed).map(({ url }) => url);
    await expect.poll(stillOpen).toEqual(['/other']);
    expect(kept.destroyed).toBe(false);
    goesOn.destroy();
  });

  it('E54 is not repeated with the new token after the API’s 401', async () => {
    await using api = await ApiServer.start((_request, response) => response.writeHead(401).end('{}'));
    await using at = await endpointFor(api.url);
    const { key, end } = await at.endings[how]();
    const renewed = Promise.withResolvers<TokenReply>();
    at.endpoint.engine.rejectedReply = renewed.promise;
    const waiting = at.ask('/proxy/orders', key, '"an order"');
    await expect.poll(() => at.endpoint.engine.rejectedReports.length).toBe(1);
    await end();
    expect((await waiting).json).toMatchObject({ code: code[how] });
    renewed.resolve(at.reply);
    expect(api.calls).toHaveLength(1);
  });

  it('E54 reaches no API once its body has come', async () => {
    await using api = await ApiServer.start();
    await using at = await endpointFor(api.url);
    const { key, end } = await at.endings[how]();
    using caller = await RawConnection.open(at.endpoint.port);
    const head = at.endpoint.head('POST /proxy/orders HTTP/1.1', 'Content-Length: 2');
    caller.send(`${head.replace(at.endpoint.key, key)}o`);
    await at.endpoint.engine.asked(1);
    await end();
    if (how === 'given back')
      await expect.poll(() => at.ask('/v1/status', key)).toMatchObject({ status: 401 });
    caller.send('k');
    await caller.until(() => caller.received.includes(`"code":"${code[how]}"`));
    expect(api.calls).toEqual([]);
  });
});

describe('the route that revokes a tool', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('E54 ends at once what the tool has under way, and waits for no next look', async () => {
    vi.stubGlobal('setInterval', () => ({ unref: () => null }));
    await using at = await endpointFor();
    const { key } = await at.endings.revoked();
    at.endpoint.engine.tokenReply = () => new Promise(() => undefined);
    const waiting = at.ask('/v1/token', key);
    await at.endpoint.engine.asked(1);
    await at.endpoint.post('/v1/tools/revoke', { name: 'revoked' });
    expect(await waiting).toMatchObject({ status: 401 });
  });
});

describe('a token request of OAuth', () => {
  it('E54 gets no token once its tool was revoked while it waited', async () => {
    await using at = await endpointFor();
    const { key } = await at.endings.revoked();
    at.endpoint.engine.tokenReply = () => new Promise(() => undefined);
    const body = `grant_type=client_credentials&client_id=revoked&client_secret=${key}`;
    const waiting = at.endpoint.ask('/oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: '' },
      body,
    });
    await at.endpoint.engine.asked(1);
    await at.tools.revoke('revoked');
    expect(await waiting).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
  });
});

describe('a request whose way to the API is still being looked for', () => {
  it('E54 does not leave once its access has ended', async () => {
    await using api = await ApiServer.start();
    const looked = Promise.withResolvers<null>();
    const pools = new ApiPools();
    const to = () => looked.promise.then(() => pools.to(new URL(api.url)));
    await using endpoint = await TestEndpoint.start({ ways: { to } });
    using caller = await RawConnection.open(endpoint.port);
    caller.send(endpoint.head('GET /proxy/orders HTTP/1.1'));
    await endpoint.engine.asked(1);
    await endpoint.settings.set('programsOfThisUser', false);
    looked.resolve(null);
    await caller.untilClosed();
    expect([statusOf(caller.received), api.calls]).toEqual([403, []]);
    pools.close();
  });
});

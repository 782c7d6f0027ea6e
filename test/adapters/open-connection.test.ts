import { once } from 'node:events';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiPools } from '../../electron/adapters/api-pools.ts';
import { AuthServiceClient } from '../../electron/adapters/auth-service-client.ts';
import { openConnection } from '../../electron/adapters/open-connection.ts';
import { Secret, type RefreshToken } from '../../electron/core/secret.ts';
import { askApi } from '../../electron/endpoint/proxied-request.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ProxyServer } from '../support/proxy-server.ts';
import { httpAnswer, RawServer } from '../support/raw-server.ts';
import { makeAuthority, makeIdentity } from '../support/test-certificate.ts';

const refreshToken: RefreshToken = new Secret('refresh-token-1');
const authority = makeAuthority();
const identity = makeIdentity(authority, ['auth.example.com', '127.0.0.1']);
const usualCertificates = tls.getCACertificates('default');

beforeAll(() => tls.setDefaultCACertificates([authority.certificate]));
afterAll(() => tls.setDefaultCACertificates(usualCertificates));

/** How the connection of a request ended, as the server sees it. */
function endOf(): { readonly onRequest: (socket: Socket) => void; readonly ended: Promise<string> } {
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  const onRequest = (socket: Socket) => {
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
    socket.on('end', () => resolve('an ordinary end'));
  };
  return { onRequest, ended };
}

const never = () => new AbortController().signal;

describe('a connection', () => {
  it.each([
    ['directly', null],
    ['through an HTTP proxy', 'http'],
    ['through an HTTP proxy that speaks TLS', 'https'],
    ['through a SOCKS5 proxy', 'socks5'],
    ['through a SOCKS4 proxy', 'socks4'],
  ])('N1 N3 is opened and reset %s, and the proxy is told the name alone', async (_, scheme) => {
    const { onRequest, ended } = endOf();
    await using service = await RawServer.start(onRequest, identity);
    await using proxy = await (scheme?.startsWith('socks') === true
      ? ProxyServer.socks({ port: service.port })
      : ProxyServer.http({ port: service.port, ...(scheme === 'https' && { identity }) }));
    const host = scheme === null ? `127.0.0.1:${service.port}` : 'auth.example.com';
    const address = scheme === null ? null : `${scheme}://127.0.0.1:${proxy.port}`;
    const connection = await openConnection(new URL(`https://${host}`), address, never());
    connection.socket.write('GET / HTTP/1.1\r\n\r\n');
    await expect.poll(() => service.requests.length).toBe(1);
    const closed = once(connection.socket, 'close');
    connection.reset();
    await closed;
    // A proxy of these tests ends its own connection to the service in the ordinary way.
    expect(await (scheme === null ? ended : proxy.ended)).toBe('ECONNRESET');
    expect(proxy.opened).toEqual(scheme === null ? [] : ['auth.example.com:443']);
  });

  it.each([
    ['http', null],
    ['https', null],
    ['https', 'https'],
  ])(
    'N3 by %s, proxy: %s, is gone after a reset at the moment of its ordinary end',
    async (scheme, proxied) => {
      await using service = await RawServer.start(() => undefined, scheme === 'https' ? identity : null);
      await using proxy = await ProxyServer.http({ port: service.port, identity });
      const host = proxied === null ? `127.0.0.1:${service.port}` : 'auth.example.com';
      const held = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
      // The worker may hold others, such as that to its browser.
      const before = held();
      const address = proxied === null ? null : proxy.url;
      const connection = await openConnection(new URL(`${scheme}://${host}`), address, never());
      connection.socket.end();
      connection.reset();
      await expect.poll(held).toBeLessThanOrEqual(before);
    },
  );

  it('N1 is not opened through a proxy with another password', async () => {
    await using service = await RawServer.start(() => undefined, identity);
    for (const kind of ['http', 'socks'] as const) {
      await using proxy = await ProxyServer[kind]({ port: service.port, credentials: 'me:right' });
      const address = proxy.url.replace('://', '://me:wrong@');
      const opening = openConnection(new URL('https://auth.example.com'), address, never());
      await expect(opening).rejects.toThrow();
      expect(proxy.opened).toEqual([]);
    }
    expect(service.connections).toBe(0);
  });

  it('S22 is given up with the signal’s reason', async () => {
    await using silent = await RawServer.start(() => undefined);
    const over = new AbortController();
    const opening = openConnection(new URL(`https://127.0.0.1:${silent.port}`), null, over.signal);
    await expect.poll(() => silent.bytes).not.toBe('');
    over.abort('no more time');
    await expect(opening).rejects.toBe('no more time');
    await expect.poll(() => silent.openConnections).toBe(0);
  });
});

describe('a request that is given up resets its connection', () => {
  it('N3 at the limit of a POST', async () => {
    const { onRequest, ended } = endOf();
    await using service = await RawServer.start(onRequest);
    const clock = new FakeClock();
    const reply = new AuthServiceClient({ clock }).refresh(service.url, refreshToken);
    await expect.poll(() => service.requests.length).toBe(1);
    await clock.advance(15_000);
    expect(await reply).toMatchObject({ kind: 'lost' });
    expect(await ended).toBe('ECONNRESET');
  });

  it('N3 when the program ends during a POST', async () => {
    const { onRequest, ended } = endOf();
    await using service = await RawServer.start(onRequest);
    const client = new AuthServiceClient();
    const reply = client.refresh(service.url, refreshToken);
    await expect.poll(() => service.requests.length).toBe(1);
    client.close();
    expect(await reply).toMatchObject({ kind: 'lost' });
    expect(await ended).toBe('ECONNRESET');
    expect(await client.refresh(service.url, refreshToken)).toMatchObject({ kind: 'unsent' });
    expect(service.connections).toBe(1);
  });

  it('N3 when the caller of a proxied request leaves, and when the program ends', async () => {
    for (const end of ['caller', 'program']) {
      const { onRequest, ended } = endOf();
      await using api = await RawServer.start(onRequest);
      const pools = new ApiPools();
      const left = new AbortController();
      const origin = new URL(api.url);
      const asked = { method: 'POST', origin, path: '/', fields: [], body: Buffer.from('x') };
      const reply = askApi(pools, { ...asked, signal: left.signal });
      await expect.poll(() => api.requests.length).toBe(1);
      if (end === 'caller') left.abort();
      else pools.close();
      expect(await reply).toMatchObject({ kind: 'none', unsent: false });
      expect(await ended).toBe('ECONNRESET');
      pools.close();
    }
  });

  it.each([
    ['no answer', (socket: Socket) => socket.end()],
    ['half a head', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-ty')],
    ['no HTTP', (socket: Socket) => socket.write('SSH-2.0-OpenSSH\r\n')],
    ['half a body', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx')],
    ['too large a body', (socket: Socket) => socket.write(httpAnswer(200, 'x'.repeat(2_000_000)))],
  ])('N3 by TLS when there comes %s: Node’s parsers serve others after it', async (_, misbehave) => {
    await using service = await RawServer.start(misbehave, identity);
    await new AuthServiceClient().refresh(`https://127.0.0.1:${service.port}`, refreshToken);
    await using good = await RawServer.start((socket) => socket.write(httpAnswer(500, '')));
    // A parser that was given back twice would serve two of these at once.
    const replies = [1, 2, 3].map(() => new AuthServiceClient().refresh(good.url, refreshToken));
    for (const reply of await Promise.all(replies)) {
      expect(reply).toEqual({ kind: 'lost', failure: { code: 'service_error', status: 500 } });
    }
  });

  it('N3 but not when its answer came whole: the connection serves the next one', async () => {
    await using api = await RawServer.start((socket) =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'),
    );
    const pools = new ApiPools();
    const left = new AbortController();
    const asked = { method: 'GET', origin: new URL(api.url), path: '/', fields: [], body: null };
    for (const signal of [left.signal, never()]) {
      const reply = await askApi(pools, { ...asked, signal });
      if (reply.kind === 'answer') await once(reply.body.resume(), 'close');
      left.abort();
    }
    expect([api.requests.length, api.connections]).toEqual([2, 1]);
    pools.close();
  });
});

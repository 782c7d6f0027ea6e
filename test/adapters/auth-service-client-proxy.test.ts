import { connect } from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AuthServiceClient } from '../../electron/adapters/auth-service-client.ts';
import { environmentProxy } from '../../electron/adapters/proxy-choice.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import type { Clock } from '../../electron/core/clock.ts';
import { Secret, type RefreshToken } from '../../electron/core/secret.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { closedPort, httpAnswer, RawServer, type OnRequest } from '../support/raw-server.ts';
import { makeAuthority, makeIdentity } from '../support/test-certificate.ts';
import { trustOnly } from '../support/trusted-authority.ts';

const refreshToken: RefreshToken = new Secret('refresh-token-1');
const authority = makeAuthority();
const stranger = makeAuthority('An authority that nobody knows');
const identity = makeIdentity(authority, ['auth.example.com', 'localhost', '127.0.0.1']);
const answer: OnRequest = (socket) => socket.write(httpAnswer(200, '{"access":"a-1","refresh":"r-1"}'));
const issued = { kind: 'issued' };

const usualCertificates = tls.getCACertificates('default');
const certificates = trustOnly(authority);

afterEach(() => {
  tls.setDefaultCACertificates(usualCertificates);
  vi.unstubAllEnvs();
});

const behind = (proxy: string, clock: Clock = systemClock) =>
  new AuthServiceClient({ proxyFor: environmentProxy({ HTTPS_PROXY: proxy }), certificates, clock });
const unsent = (host: string, reason: string) => ({
  kind: 'unsent',
  failure: { code: 'offline', host, reason },
});

describe('a proxy before the service', () => {
  /** Lets everything through to this port, whatever host was asked for. */
  const tunnelTo = (port: number): OnRequest => {
    const tunnelled = new Set<unknown>();
    return (socket) => {
      if (tunnelled.has(socket)) return;
      tunnelled.add(socket);
      const upstream = connect(port, '127.0.0.1', () =>
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n'),
      );
      upstream.on('error', () => socket.destroy());
      upstream.pipe(socket).pipe(upstream);
    };
  };

  it('S12 is told the host and nothing else', async () => {
    await using service = await RawServer.start(answer, identity);
    await using proxy = await RawServer.start(tunnelTo(service.port));
    const client = behind(`http://me:pass%20word@127.0.0.1:${proxy.port}`);
    expect(await client.refresh('https://auth.example.com', refreshToken)).toMatchObject(issued);
    expect(proxy.requests[0]).toMatch(/^CONNECT auth\.example\.com:443 HTTP\/1\.1\r\n/);
    expect(proxy.requests[0]).toContain(
      `proxy-authorization: Basic ${Buffer.from('me:pass word').toString('base64')}`,
    );
    expect(proxy.bytes).not.toContain('refresh-token-1');
    expect(service.requests).toHaveLength(1);
    expect(service.requests[0]).not.toMatch(/proxy-authorization/i);
    await expect.poll(() => [proxy.openConnections, service.openConnections]).toEqual([0, 0]);
  });

  it.each([
    [
      'asks for a password',
      'HTTP/1.1 407 Who are you\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n',
    ],
    ['refuses', 'HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n'],
    ['cannot reach the service', 'HTTP/1.1 502 Bad Gateway\r\n\r\nno'],
    ['speaks no HTTP', 'SSH-2.0-Proxy\r\n'],
    ['drops the connection', ''],
  ])('S12 gets nothing where it %s', async (_, bytes) => {
    await using proxy = await RawServer.start((socket) => socket.end(bytes));
    const client = behind(`http://127.0.0.1:${proxy.port}`);
    expect(await client.refresh('https://auth.example.com', refreshToken)).toEqual(
      unsent('auth.example.com', 'proxy'),
    );
    expect(proxy.bytes).not.toContain('refresh-token-1');
    expect([proxy.requests.length, proxy.connections]).toEqual([1, 1]);
  });

  it('S12 S22 gets nothing where it never answers', async () => {
    await using proxy = await RawServer.start(() => undefined);
    const clock = new FakeClock();
    const reply = behind(`http://127.0.0.1:${proxy.port}`, clock).refresh(
      'https://auth.example.com',
      refreshToken,
    );
    await expect.poll(() => proxy.requests.length).toBe(1);
    await clock.advance(15_000);
    expect(await reply).toEqual(unsent('auth.example.com', 'timeout'));
    await expect.poll(() => proxy.openConnections).toBe(0);
  });

  it('S12 gets nothing where it cannot be reached', async () => {
    const proxies = [`http://127.0.0.1:${await closedPort()}`, 'http://anna:%zz@proxy.invalid'];
    for (const proxy of proxies) {
      expect(await behind(proxy).refresh('https://auth.example.com', refreshToken)).toEqual(
        unsent('auth.example.com', 'proxy'),
      );
    }
  });

  it.each(['gopher://proxy.example', 'http://', 'http://anna:12/secret@127.0.0.1', 'http://anna:secret@'])(
    'N10 gets nothing where its address is not valid, and no word of it is told: %s',
    async (proxy) => {
      const reply = await behind(proxy).refresh('https://auth.example.com', refreshToken);
      expect(reply).toEqual(unsent('auth.example.com', 'proxy_address'));
    },
  );

  it('S12 that reads along with a certificate of its own is refused', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    await using reader = await RawServer.start(answer, makeIdentity(stranger, ['auth.example.com']));
    await using proxy = await RawServer.start(tunnelTo(reader.port));
    const client = behind(`http://127.0.0.1:${proxy.port}`);
    expect(await client.refresh('https://auth.example.com', refreshToken)).toEqual(
      unsent('auth.example.com', 'certificate'),
    );
    expect(reader.bytes).toBe('');
  });

  it('S12 that speaks TLS needs a trusted certificate as well', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    await using service = await RawServer.start(answer, identity);
    await using good = await RawServer.start(tunnelTo(service.port), identity);
    await using bad = await RawServer.start(tunnelTo(service.port), makeIdentity(stranger, ['127.0.0.1']));
    expect(
      await behind(`https://localhost:${good.port}`).refresh('https://auth.example.com', refreshToken),
    ).toMatchObject(issued);
    const reply = await behind(`https://localhost:${bad.port}`).refresh(
      'https://auth.example.com',
      refreshToken,
    );
    expect(reply).toEqual(unsent('auth.example.com', 'certificate'));
    expect([service.requests.length, bad.bytes]).toEqual([1, '']);
  });

  it('S01 sees one POST where the service drops it', async () => {
    await using service = await RawServer.start((socket) => socket.destroy(), identity);
    await using proxy = await RawServer.start(tunnelTo(service.port));
    const reply = await behind(`http://127.0.0.1:${proxy.port}`).refresh(
      'https://auth.example.com',
      refreshToken,
    );
    expect(reply).toEqual({
      kind: 'lost',
      failure: { code: 'offline', host: 'auth.example.com', reason: 'cut' },
    });
    expect([service.requests.length, proxy.connections]).toEqual([1, 1]);
  });

  it('is not asked about a service on this computer', async () => {
    await using proxy = await RawServer.start((socket) => socket.destroy());
    await using plain = await RawServer.start(answer);
    await using secure = await RawServer.start(answer, identity);
    const client = behind(`http://127.0.0.1:${proxy.port}`);
    expect(await client.refresh(plain.url, refreshToken)).toMatchObject(issued);
    expect(await client.refresh(`https://localhost:${secure.port}`, refreshToken)).toMatchObject(issued);
    expect(proxy.connections).toBe(0);
  });
});

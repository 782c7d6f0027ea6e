import { networkInterfaces } from 'node:os';
import tls from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AuthServiceClient } from '../../electron/adapters/auth-service-client.ts';
import { environmentProxy } from '../../electron/adapters/proxy-choice.ts';
import { Secret, type RefreshToken } from '../../electron/core/secret.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { httpAnswer, RawServer, type OnRequest } from '../support/raw-server.ts';
import { expired, makeAuthority, makeIdentity, notYetValid } from '../support/test-certificate.ts';
import { trustOnly } from '../support/trusted-authority.ts';

const refreshToken: RefreshToken = new Secret('refresh-token-1');
const authority = makeAuthority();
const stranger = makeAuthority('An authority that nobody knows');
const identity = makeIdentity(authority, ['auth.example.com', 'localhost', '127.0.0.1']);
const answer: OnRequest = (socket) => socket.write(httpAnswer(200, '{"access":"a-1","refresh":"r-1"}'));
const issued = { kind: 'issued' };

const usualCertificates = tls.getCACertificates('default');
const certificates = trustOnly(authority);
const direct = new AuthServiceClient({ proxyFor: environmentProxy({}), certificates });

afterEach(() => {
  tls.setDefaultCACertificates(usualCertificates);
  vi.unstubAllEnvs();
});

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);

const unsent = (host: string, reason: string) => ({
  kind: 'unsent',
  failure: { code: 'offline', host, reason },
});

describe('a service with a certificate', () => {
  it('gets the request where its authority is trusted, by address and by name', async () => {
    await using server = await RawServer.start(answer, identity);
    for (const host of ['127.0.0.1', 'localhost']) {
      expect(await direct.refresh(`https://${host}:${server.port}`, refreshToken)).toMatchObject(issued);
    }
    expect(server.requests).toHaveLength(2);
  });

  it.each(['127.0.0.1', 'localhost'])(
    'N7 gets the request at localhost and at 127.0.0.1 with a certificate for %s alone',
    async (name) => {
      await using server = await RawServer.start(answer, makeIdentity(authority, [name]));
      for (const host of ['127.0.0.1', 'localhost', 'localhost.']) {
        expect(await direct.refresh(`https://${host}:${server.port}`, refreshToken)).toMatchObject(issued);
      }
    },
  );

  it.skipIf(!hasIpv6)('N7 gets the request at localhost where it has taken [::1] alone', async () => {
    await using server = await RawServer.start(answer, makeIdentity(authority, ['localhost']), '::1');
    expect(await direct.refresh(`https://localhost:${server.port}`, refreshToken)).toMatchObject(issued);
    expect(server.requests[0]).toContain(`host: 127.0.0.1:${server.port}`);
  });

  it.each([
    ['is signed by an authority that nobody knows', makeIdentity(stranger, ['127.0.0.1']), 'certificate'],
    ['names another host', makeIdentity(authority, ['auth.example.com', '127.0.0.2']), 'certificate'],
    ['has expired', makeIdentity(authority, ['127.0.0.1'], expired), 'certificate_expired'],
    ['is not valid yet', makeIdentity(authority, ['127.0.0.1'], notYetValid), 'certificate_not_yet_valid'],
  ])(
    'N8 S12 gets nothing where it %s, though the environment asks to look away',
    async (_, untrusted, reason) => {
      vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
      await using server = await RawServer.start(answer, untrusted);
      const host = `127.0.0.1:${server.port}`;
      expect(await direct.refresh(`https://${host}`, refreshToken)).toMatchObject(unsent(host, reason));
      const credentials = {
        username: 'u',
        password: new Secret<'password'>('hunter2'),
        form: 'basic',
      } as const;
      expect(await direct.logIn(`https://${host}`, credentials)).toMatchObject(unsent(host, reason));
      expect([server.bytes, server.connections]).toEqual(['', 2]);
    },
  );

  it('S12 S22 gets nothing where it never shakes hands', async () => {
    await using server = await RawServer.start(() => undefined);
    const host = `127.0.0.1:${server.port}`;
    const clock = new FakeClock();
    const reply = new AuthServiceClient({ certificates, clock }).refresh(`https://${host}`, refreshToken);
    await expect.poll(() => server.bytes).not.toBe('');
    await clock.advance(15_000);
    expect(await reply).toEqual(unsent(host, 'timeout'));
    expect(server.bytes).not.toContain('refresh-token-1');
    await expect.poll(() => server.openConnections).toBe(0);
  });

  it('S12 gets nothing where it answers in plain text', async () => {
    await using server = await RawServer.start(() => undefined);
    server.onConnection = (socket) => socket.end('HTTP/1.1 400 No TLS\r\n\r\n');
    const host = `127.0.0.1:${server.port}`;
    expect(await direct.refresh(`https://${host}`, refreshToken)).toEqual(unsent(host, 'refused'));
    expect(server.bytes).not.toContain('refresh-token-1');
  });

  it('S01 may have got it where the connection is cut after the handshake', async () => {
    await using server = await RawServer.start((socket) => socket.destroy(), identity);
    const failure = { code: 'offline', host: `127.0.0.1:${server.port}`, reason: 'cut' };
    expect(await direct.refresh(`https://127.0.0.1:${server.port}`, refreshToken)).toEqual({
      kind: 'lost',
      failure,
    });
    expect([server.requests.length, server.connections]).toEqual([1, 1]);
  });
});

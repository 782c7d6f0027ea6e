import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { AuthServiceClient } from '../../electron/adapters/auth-service-client.ts';
import { environmentProxy } from '../../electron/adapters/proxy-choice.ts';
import { Secret, type RefreshToken } from '../../electron/core/secret.ts';
import { httpAnswer, RawServer } from '../support/raw-server.ts';
import { makeAuthority, makeIdentity } from '../support/test-certificate.ts';
import { trustOnly } from '../support/trusted-authority.ts';

const refreshToken: RefreshToken = new Secret('refresh-token-1');
const authority = makeAuthority();

/** A SOCKS5 proxy (RFC 1928) without a password: `reply` is its answer's second byte, 0 for yes. */
async function startSocks(
  port: number,
  reply: number,
): Promise<AsyncDisposable & { url: string; asked: string[] }> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const serve = async (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    await once(socket, 'data');
    socket.write(Buffer.from([5, 0]));
    const [request] = (await once(socket, 'data')) as [Buffer];
    asked.push(request.subarray(5, 5 + (request[4] ?? 0)).toString());
    const answer = Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]);
    if (reply !== 0) {
      socket.end(answer);
      return;
    }
    const upstream = connect(port, '127.0.0.1', () => socket.write(answer));
    upstream.on('error', () => socket.destroy());
    upstream.pipe(socket).pipe(upstream);
  };
  const server = createServer((socket) => void serve(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `socks5://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: stop,
  };
}

it.each([
  [0, { kind: 'issued' }, 1],
  [2, { kind: 'unsent', failure: { code: 'offline', host: 'auth.example.com', reason: 'proxy' } }, 0],
])('S12 a SOCKS proxy that answers %i is told the host alone', async (reply, expected, requests) => {
  const answer = httpAnswer(200, '{"access":"a-1","refresh":"r-1"}');
  await using service = await RawServer.start(
    (socket) => socket.write(answer),
    makeIdentity(authority, ['auth.example.com']),
  );
  await using proxy = await startSocks(service.port, reply);
  const client = new AuthServiceClient({
    proxyFor: environmentProxy({ ALL_PROXY: proxy.url }),
    certificates: trustOnly(authority),
  });
  expect(await client.refresh('https://auth.example.com', refreshToken)).toMatchObject(expected);
  expect(proxy.asked).toEqual(['auth.example.com']);
  expect(service.requests).toHaveLength(requests);
});

it.each(['socks5h', 'socks', 'SOCKS5'])(
  'N10 a proxy named %s:// is the same, and resolves the name',
  async (scheme) => {
    await using service = await RawServer.start(
      (socket) => socket.write(httpAnswer(200, '{"access":"a-1","refresh":"r-1"}')),
      makeIdentity(authority, ['auth.example.com']),
    );
    await using proxy = await startSocks(service.port, 0);
    const client = new AuthServiceClient({
      proxyFor: environmentProxy({ https_proxy: proxy.url.replace('socks5', scheme) }),
      certificates: trustOnly(authority),
    });
    expect(await client.refresh('https://auth.example.com', refreshToken)).toMatchObject({ kind: 'issued' });
    expect(proxy.asked).toEqual(['auth.example.com']);
  },
);

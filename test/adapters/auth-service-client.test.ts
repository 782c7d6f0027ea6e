import { describe, expect, it } from 'vitest';
import { AuthServiceClient } from '../../electron/adapters/auth-service-client.ts';
import { Secret, type Password, type RefreshToken } from '../../electron/core/secret.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { opened } from '../support/opened-reply.ts';
import { closedPort, httpAnswer, RawServer } from '../support/raw-server.ts';
import { trustUnchanged } from '../support/trusted-authority.ts';

const refreshToken: RefreshToken = new Secret('refresh-token-1');
const tokens = JSON.stringify({ status: true, data: { access_token: 'a-1', refresh_token: 'r-1' } });
const issued = ['a-1', 'r-1'];
const client = new AuthServiceClient();

const lost = (server: RawServer, reason: 'cut' | 'timeout') => ({
  kind: 'lost',
  failure: { code: 'offline', host: `127.0.0.1:${server.port}`, reason },
});
const password = (text: string): Password => new Secret(text);

describe('what is sent', () => {
  it('is a refresh of one POST with a JSON body, on a connection that is closed after it', async () => {
    await using server = await RawServer.start((socket) => socket.write(httpAnswer(200, tokens)));
    expect(opened(await client.refresh(server.url, refreshToken))).toEqual(issued);
    const [head = '', body = ''] = (server.requests[0] ?? '').split('\r\n\r\n');
    expect(head).toMatch(/^POST \/auth\/api\/v1\/accounts\/token HTTP\/1\.1\r\n/);
    expect(head).toMatch(/\r\ncontent-type: application\/json(\r\n|$)/);
    expect(head).toMatch(/\r\naccept: application\/json(\r\n|$)/);
    expect(head).toMatch(/\r\nconnection: close(\r\n|$)/);
    expect(head).not.toMatch(/authorization|expect:/i);
    expect(JSON.parse(body)).toEqual({ refresh_token: 'refresh-token-1' });
    await expect.poll(() => server.openConnections).toBe(0);
  });

  it.each(['correct horse', 'Grüße ß €', '🔑 пароль 密码', 'with:colon', '"quotes"\\'])(
    'is a login by Basic in UTF-8 with an empty body: %s',
    async (text) => {
      await using server = await RawServer.start((socket) => socket.write(httpAnswer(200, tokens)));
      const credentials = {
        username: 'jürgen@example.com',
        password: password(text),
        form: 'basic',
      } as const;
      expect(opened(await client.logIn(`${server.url}/base`, credentials))).toEqual(issued);
      const [head = '', body] = (server.requests[0] ?? '').split('\r\n\r\n');
      expect(head).toMatch(/^POST \/base\/auth\/api\/v1\/accounts\/login HTTP\/1\.1\r\n/);
      expect(head).toMatch(/\r\ncontent-length: 0(\r\n|$)/);
      expect(body).toBe('');
      const [, base64 = ''] = /\r\nauthorization: Basic (\S+)(?:\r\n|$)/.exec(head) ?? [];
      expect(Buffer.from(base64, 'base64').toString('utf8')).toBe(`jürgen@example.com:${text}`);
    },
  );

  it('is a login by JSON in UTF-8, and a `:` in the name does no harm', async () => {
    await using server = await RawServer.start((socket) => socket.write(httpAnswer(200, tokens)));
    const credentials = {
      username: 'a:b@example.com',
      password: password('Grüße 🔑 "\\'),
      form: 'json',
    } as const;
    expect(opened(await client.logIn(server.url, credentials))).toEqual(issued);
    const [head = '', body = ''] = (server.requests[0] ?? '').split('\r\n\r\n');
    expect(head).not.toMatch(/authorization/i);
    expect(JSON.parse(Buffer.from(body, 'latin1').toString('utf8'))).toEqual({
      email: 'a:b@example.com',
      password: 'Grüße 🔑 "\\',
    });
  });

  it('S12 is nothing at all over plain http to another computer, or to no address', async () => {
    for (const service of ['http://auth.example.com', 'nonsense', 'https://user:hunter2@example.com']) {
      const reply = await client.refresh(service, refreshToken);
      expect(reply).toMatchObject({ kind: 'unsent', failure: { code: 'offline' } });
      expect(JSON.stringify(reply)).not.toContain('hunter2');
    }
  });
});

describe('one call is one POST', () => {
  it('S01 when the server reads it and then drops the connection', async () => {
    await using server = await RawServer.start((socket) => socket.destroy());
    expect(await client.refresh(server.url, refreshToken)).toEqual(lost(server, 'cut'));
    expect([server.requests.length, server.connections]).toEqual([1, 1]);
  });

  it('S01 when the server reads it and then resets the connection', async () => {
    await using server = await RawServer.start((socket) => socket.resetAndDestroy());
    expect(await client.refresh(server.url, refreshToken)).toEqual(lost(server, 'cut'));
    expect([server.requests.length, server.connections]).toEqual([1, 1]);
  });

  it('S01 when the connection is cut in the middle of the answer’s head', async () => {
    await using server = await RawServer.start((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-ty'));
    expect(await client.refresh(server.url, refreshToken)).toEqual(lost(server, 'cut'));
    expect([server.requests.length, server.connections]).toEqual([1, 1]);
  });

  it('S02 when the server kills connections that are used again', async () => {
    const used = new Set<unknown>();
    await using server = await RawServer.start((socket) => {
      if (used.has(socket)) {
        socket.destroy();
        return;
      }
      used.add(socket);
      socket.write(httpAnswer(200, tokens, { connection: 'keep-alive', 'keep-alive': 'timeout=60' }));
    });
    expect(opened(await client.refresh(server.url, refreshToken))).toEqual(issued);
    expect(opened(await client.refresh(server.url, refreshToken))).toEqual(issued);
    expect([server.requests.length, server.connections]).toEqual([2, 2]);
  });

  it.each([408, 425, 500, 502, 503, 504])('S03 S08 when the answer is %i', async (status) => {
    await using server = await RawServer.start((socket) =>
      socket.write(httpAnswer(status, '', { 'retry-after': '0', connection: 'keep-alive' })),
    );
    expect(await client.refresh(server.url, refreshToken)).toEqual({
      kind: 'lost',
      failure: { code: 'service_error', status },
    });
    expect([server.requests.length, server.connections]).toEqual([1, 1]);
  });

  it.each([301, 302, 303, 307, 308])('S11 when the answer is %i: it is not followed', async (status) => {
    await using elsewhere = await RawServer.start((socket) => socket.write(httpAnswer(200, tokens)));
    await using server = await RawServer.start((socket) =>
      socket.write(httpAnswer(status, '', { location: elsewhere.url })),
    );
    expect(await client.refresh(server.url, refreshToken)).toEqual({
      kind: 'lost',
      failure: { code: 'service_error', status },
    });
    expect([server.requests.length, elsewhere.connections]).toEqual([1, 0]);
  });

  it('when an interim answer comes first', async () => {
    await using server = await RawServer.start((socket) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </>\r\n\r\n');
      socket.write(httpAnswer(200, tokens));
    });
    expect(opened(await client.refresh(server.url, refreshToken))).toEqual(issued);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a request that certainly never left', () => {
  it('S08 is unsent where nobody listens', async () => {
    const port = await closedPort();
    const failure = { code: 'offline', host: `127.0.0.1:${port}`, reason: 'refused' };
    expect(await client.refresh(`http://127.0.0.1:${port}`, refreshToken)).toEqual({
      kind: 'unsent',
      failure,
    });
    const byName = await client.refresh(`http://localhost:${port}`, refreshToken);
    expect(byName).toEqual({ kind: 'unsent', failure });
  });

  it('S22 is unsent where finding the proxy takes too long, and nothing is sent later', async () => {
    const found = Promise.withResolvers<string | null>();
    const clock = new FakeClock();
    const waiting = new AuthServiceClient({
      clock,
      proxyFor: () => found.promise,
      certificates: trustUnchanged,
    });
    await using proxy = await RawServer.start((socket) => socket.destroy());
    const reply = waiting.refresh('https://auth.example.com', refreshToken);
    await clock.advance(15_000);
    expect(await reply).toEqual({
      kind: 'unsent',
      failure: { code: 'offline', host: 'auth.example.com', reason: 'timeout' },
    });
    found.resolve(proxy.url);
    await found.promise;
    expect(proxy.connections).toBe(0);
  });
});

import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { AuthServiceClient } from '../../electron/adapters/auth-service-client.ts';
import { Secret, type RefreshToken } from '../../electron/core/secret.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { opened } from '../support/opened-reply.ts';
import { httpAnswer, RawServer } from '../support/raw-server.ts';

const refreshToken: RefreshToken = new Secret('refresh-token-1');
const tokens = JSON.stringify({ status: true, data: { access_token: 'a-1', refresh_token: 'r-1' } });
const issued = ['a-1', 'r-1'];
const client = new AuthServiceClient();

const lost = (server: RawServer, reason: 'cut' | 'timeout') => ({
  kind: 'lost',
  failure: { code: 'offline', host: `127.0.0.1:${server.port}`, reason },
});
const unreadable = { kind: 'lost', failure: { code: 'unreadable_answer', missing: 'json' } };

describe('an answer that does not come', () => {
  it('S22 is lost after 15 s, and the connection is given up', async () => {
    const clock = new FakeClock();
    let over = false;
    await using server = await RawServer.start(() => undefined);
    const reply = new AuthServiceClient({ clock })
      .refresh(server.url, refreshToken)
      .finally(() => (over = true));
    await expect.poll(() => server.requests.length).toBe(1);
    await clock.advance(14_999);
    expect(over).toBe(false);
    await clock.advance(45_000);
    expect(await reply).toEqual(lost(server, 'timeout'));
    expect([server.requests.length, clock.pendingAlarms]).toEqual([1, 0]);
    await expect.poll(() => server.openConnections).toBe(0);
  });

  it('S22 is lost where the body stops half way, and where it comes in drops', async () => {
    const clock = new FakeClock();
    await using server = await RawServer.start((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{"access"');
      const drops = setInterval(() => socket.write(' '), 20);
      socket.on('close', () => clearInterval(drops));
    });
    const reply = new AuthServiceClient({ clock }).refresh(server.url, refreshToken);
    await expect.poll(() => server.requests.length).toBe(1);
    await clock.advance(15_000);
    expect(await reply).toEqual(lost(server, 'timeout'));
    await expect.poll(() => server.openConnections).toBe(0);
  });

  it('S01 is lost where the body is cut', async () => {
    await using server = await RawServer.start((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{"access":"a-1"'),
    );
    expect(await client.refresh(server.url, refreshToken)).toEqual(lost(server, 'cut'));
  });

  it.each([
    'SSH-2.0-Server\r\n',
    '\u0000\u0001\u0002',
    'HTTP/1.1 abc\r\n\r\n',
    `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(70_000)}\r\n\r\n`,
  ])('is lost where it is no HTTP that can be read: %.20j', async (bytes) => {
    await using server = await RawServer.start((socket) => socket.end(bytes));
    expect(await client.refresh(server.url, refreshToken)).toEqual(lost(server, 'cut'));
    expect(server.requests).toHaveLength(1);
  });
});

describe('an answer that came in part', () => {
  it('S10 is a refusal by its status alone', async () => {
    await using server = await RawServer.start((socket) =>
      socket.end('HTTP/1.1 401 No\r\ncontent-length: 1000\r\n\r\n{"det'),
    );
    expect(await client.refresh(server.url, refreshToken)).toEqual({
      kind: 'refused',
      failure: { code: 'expired' },
    });
  });

  it('S01 is taken where the tokens came whole', async () => {
    await using server = await RawServer.start((socket) =>
      socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n${tokens}`),
    );
    expect(opened(await client.refresh(server.url, refreshToken))).toEqual(issued);
  });
});

describe('an answer’s body', () => {
  it('is read in chunks', async () => {
    await using server = await RawServer.start((socket) => {
      const pieces = [tokens.slice(0, 7), tokens.slice(7)].map(
        (piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`,
      );
      socket.write(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${pieces.join('')}0\r\n\r\n`);
    });
    expect(opened(await client.refresh(server.url, refreshToken))).toEqual(issued);
  });

  it('is read to the end of the connection where it has no length', async () => {
    await using server = await RawServer.start((socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${tokens}`));
    expect(opened(await client.refresh(server.url, refreshToken))).toEqual(issued);
  });

  it.each([
    ['gzip', gzipSync(tokens)],
    ['X-GZIP', gzipSync(tokens)],
    ['deflate', deflateSync(tokens)],
    ['br', brotliCompressSync(tokens)],
    ['identity', Buffer.from(tokens)],
  ])('is unpacked though no coding was asked for: %s', async (coding, body) => {
    await using server = await RawServer.start((socket) =>
      socket.write(httpAnswer(200, body, { 'content-encoding': coding })),
    );
    expect(opened(await client.refresh(server.url, refreshToken))).toEqual(issued);
    expect(server.requests[0]).toContain('accept-encoding: identity');
  });

  it.each([
    ['gzip', Buffer.from('no gzip')],
    ['gzip', gzipSync(Buffer.alloc(8 * 1024 * 1024, ' '))],
    ['rot13', Buffer.from(tokens)],
  ])('S10 is unreadable where it cannot be unpacked to 1 MiB: %s', async (coding, body) => {
    await using server = await RawServer.start((socket) =>
      socket.write(httpAnswer(200, body, { 'content-encoding': coding })),
    );
    expect(await client.refresh(server.url, refreshToken)).toEqual(unreadable);
  });

  it('is read to 1 MiB and no further', async () => {
    let sent = 0;
    await using server = await RawServer.start((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{"access":"');
      const piece = Buffer.alloc(64 * 1024, 'a');
      const pump = () => {
        while (!socket.destroyed && socket.write(piece)) sent += piece.length;
      };
      socket.on('drain', pump);
      pump();
    });
    expect(await client.refresh(server.url, refreshToken)).toEqual(unreadable);
    await expect.poll(() => server.openConnections).toBe(0);
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  it('S11 is a page of the network: unreadable', async () => {
    await using server = await RawServer.start((socket) =>
      socket.write(httpAnswer(200, '<html>Sign in to the network</html>', { 'content-type': 'text/html' })),
    );
    expect(await client.refresh(server.url, refreshToken)).toEqual(unreadable);
  });
});

describe('an answer’s headers', () => {
  it('S07 say how long to wait, the first where they come twice', async () => {
    await using server = await RawServer.start((socket) =>
      socket.end('HTTP/1.1 429 No\r\nRetry-After: 120\r\nretry-after: 60\r\ncontent-length: 0\r\n\r\n'),
    );
    expect(await client.refresh(server.url, refreshToken)).toEqual({
      kind: 'too_many',
      retryAfterMs: 120_000,
    });
  });

  it('S15 have the Date that the lifetime is counted from', async () => {
    const payload = Buffer.from(JSON.stringify({ exp: Date.UTC(2026, 0, 5, 12, 10) / 1000 })).toString(
      'base64url',
    );
    const body = JSON.stringify({ access: `eyJhbGciOiJub25lIn0.${payload}.`, refresh: 'r-1' });
    await using server = await RawServer.start((socket) =>
      socket.write(httpAnswer(200, body, { date: 'Mon, 05 Jan 2026 12:00:00 GMT' })),
    );
    expect(await client.refresh(server.url, refreshToken)).toMatchObject({ tokens: { lifetimeMs: 600_000 } });
  });
});

import { describe, expect, it } from 'vitest';
import { serverLimits } from '../../electron/endpoint/http-server.ts';
import { Flood } from '../support/flood.ts';
import { RawConnection, statusOf } from '../support/raw-connection.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

const places = { keyless: 20, keyed: 20 };

/** Takes all places for connections without a key, and some more. */
async function fill(endpoint: TestEndpoint): Promise<void> {
  await Promise.all(Array.from({ length: places.keyless + 5 }, () => RawConnection.open(endpoint.port)));
}

describe.concurrent('slow and silent clients', () => {
  it('E30 are gone within 3 s by the limits that are set', ({ expect: local }) => {
    local(serverLimits.headersTimeout + serverLimits.connectionsCheckingInterval).toBeLessThanOrEqual(3_000);
  });

  it('E30 one that sends its headers byte by byte is closed', async ({ expect: local }) => {
    await using endpoint = await TestEndpoint.start();
    using connection = await RawConnection.open(endpoint.port);
    const bytes = endpoint.head('GET /v1/token HTTP/1.1', `X: ${'x'.repeat(1_000)}`);
    let sent = 0;
    const dripping = setInterval(() => connection.send(bytes.charAt(sent++)), 50);
    const received = await connection.untilClosed();
    clearInterval(dripping);
    // A byte that comes after the close is answered by a reset, with which Windows drops an unread answer.
    if (process.platform !== 'win32' || received !== '') local(statusOf(received)).toBe(408);
    local(endpoint.engine.calls).toBe(0);
  });

  it('E31 one that sends its body too slowly is refused', async ({ expect: local }) => {
    await using endpoint = await TestEndpoint.start();
    using connection = await RawConnection.open(endpoint.port);
    connection.send(endpoint.head('POST /v1/token/renew HTTP/1.1', 'Content-Length: 1000'));
    connection.send('{');
    local(statusOf(await connection.untilClosed())).toBe(400);
    local(endpoint.engine.calls).toBe(0);
  });

  it('E31 one that never sends the body of a refused request is refused all the same', async ({
    expect: local,
  }) => {
    await using endpoint = await TestEndpoint.start();
    using connection = await RawConnection.open(endpoint.port);
    connection.send(
      `POST /v1/login HTTP/1.1\r\nHost: 127.0.0.1:${endpoint.port}\r\nContent-Length: 1000\r\n\r\n`,
    );
    local(statusOf(await connection.untilClosed())).toBe(401);
  });

  it('E32 500 that say nothing keep nobody out, and are closed', async ({ expect: local }) => {
    await using endpoint = await TestEndpoint.start();
    const silent = await Promise.all(Array.from({ length: 500 }, () => RawConnection.open(endpoint.port)));
    local((await endpoint.ask('/v1/token')).status).toBe(200);
    await Promise.all(silent.map((connection) => connection.untilClosed()));
  });

  it('E32 E58 of more than there are places for, the oldest is closed, and a new one is served at once', async ({
    expect: local,
  }) => {
    await using endpoint = await TestEndpoint.start({ places });
    using oldest = await RawConnection.open(endpoint.port);
    await fill(endpoint);
    // The others are told that they took too long.
    local(await oldest.untilClosed()).toBe('');
    local((await endpoint.ask('/v1/token')).status).toBe(200);
  });

  it('E58 600 that come back whenever they are closed keep nobody out', async ({ expect: local }) => {
    await using endpoint = await TestEndpoint.start();
    await using flood = await Flood.start(endpoint.port, 600);
    for (let count = 0; count < 20; count++) {
      using honest = await RawConnection.open(endpoint.port);
      honest.send(endpoint.head('GET /v1/token HTTP/1.1'));
      await honest.until(() => honest.received.includes('200 OK') || honest.closed);
      local(honest.received).toContain('200 OK');
    }
    local(flood.isRunning).toBe(true);
  });
});

describe('a connection', () => {
  it('E58 on which a key was shown keeps its place while others come without one', async () => {
    await using endpoint = await TestEndpoint.start({ places });
    using keyed = await RawConnection.open(endpoint.port);
    keyed.send(endpoint.head('GET /v1/token HTTP/1.1'));
    await keyed.until(() => keyed.received.includes('200 OK'));
    await fill(endpoint);
    keyed.send(endpoint.head('GET /healthz HTTP/1.1'));
    await keyed.until(() => keyed.received.includes('204') || keyed.closed);
    expect(keyed.received).toContain('204');
  });

  it('E58 on which a key was shown while all places for these are taken is for one request', async () => {
    await using endpoint = await TestEndpoint.start({ places: { ...places, keyed: 1 } });
    using first = await RawConnection.open(endpoint.port);
    using second = await RawConnection.open(endpoint.port);
    for (const connection of [first, second]) {
      connection.send(endpoint.head('GET /v1/token HTTP/1.1'));
      await connection.until(() => connection.received.includes('200 OK'));
    }
    expect(await second.untilClosed()).toContain('Connection: close');
    expect(first.received).not.toContain('Connection: close');
  });

  it.each([
    ['that needs no key', 'GET /healthz HTTP/1.1', 204],
    ['with a wrong key', 'GET /v1/token HTTP/1.1', 401],
  ])('E58 is closed after a request %s', async (_name, line, status) => {
    await using endpoint = await TestEndpoint.start();
    using connection = await RawConnection.open(endpoint.port);
    connection.send(`${line}\r\nHost: 127.0.0.1:${endpoint.port}\r\n\r\n`);
    const received = await connection.untilClosed();
    expect(statusOf(received)).toBe(status);
    expect(received.toLowerCase()).toContain('connection: close');
  });
});

import { describe, it } from 'vitest';
import { serverLimits } from '../../electron/endpoint/http-server.ts';
import { RawConnection, statusOf } from '../support/raw-connection.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

// Each waits for the endpoint's own deadline to pass, with five times the slack.
const patience = 25_000;

describe.concurrent('slow and silent clients', () => {
  it('E30 are gone within 3 s by the limits that are set', ({ expect: local }) => {
    local(serverLimits.headersTimeout + serverLimits.connectionsCheckingInterval).toBeLessThanOrEqual(3_000);
  });

  it(
    'E30 one that sends its headers byte by byte is closed',
    { timeout: patience },
    async ({ expect: local }) => {
      await using endpoint = await TestEndpoint.start();
      using connection = await RawConnection.open(endpoint.port);
      const bytes = endpoint.head('GET /v1/token HTTP/1.1', `X: ${'x'.repeat(1_000)}`);
      let sent = 0;
      const dripping = setInterval(() => connection.send(bytes.charAt(sent++)), 50);
      const received = await connection.untilClosed();
      clearInterval(dripping);
      local(statusOf(received)).toBe(408);
      local(endpoint.engine.calls).toBe(0);
    },
  );

  it(
    'E31 one that sends its body too slowly is refused',
    { timeout: patience },
    async ({ expect: local }) => {
      await using endpoint = await TestEndpoint.start();
      using connection = await RawConnection.open(endpoint.port);
      connection.send(endpoint.head('POST /v1/token/renew HTTP/1.1', 'Content-Length: 1000'));
      connection.send('{');
      local(statusOf(await connection.untilClosed())).toBe(400);
      local(endpoint.engine.calls).toBe(0);
    },
  );

  it(
    'E31 one that never sends the body of a refused request is refused all the same',
    { timeout: patience },
    async ({ expect: local }) => {
      await using endpoint = await TestEndpoint.start();
      using connection = await RawConnection.open(endpoint.port);
      connection.send(
        `POST /v1/login HTTP/1.1\r\nHost: 127.0.0.1:${endpoint.port}\r\nContent-Length: 1000\r\n\r\n`,
      );
      local(statusOf(await connection.untilClosed())).toBe(401);
    },
  );

  it(
    'E32 500 that say nothing keep nobody out, and are closed',
    { timeout: patience },
    async ({ expect: local }) => {
      await using endpoint = await TestEndpoint.start();
      const silent = await Promise.all(Array.from({ length: 500 }, () => RawConnection.open(endpoint.port)));
      local((await endpoint.ask('/v1/token')).status).toBe(200);
      await Promise.all(silent.map((connection) => connection.untilClosed()));
    },
  );

  it(
    'E32 more than the endpoint takes are dropped, and it serves again once they are gone',
    { timeout: patience },
    async ({ expect: local }) => {
      await using endpoint = await TestEndpoint.start();
      const many = serverLimits.maxConnections + 50;
      const silent = await Promise.all(Array.from({ length: many }, () => RawConnection.open(endpoint.port)));
      const said = await Promise.all(silent.map((connection) => connection.untilClosed()));
      // Whoever was let in is told that it took too long; the others are dropped without a word.
      local(said.filter((text) => text === '').length).toBeGreaterThanOrEqual(50);
      local((await endpoint.ask('/v1/token')).status).toBe(200);
    },
  );
});

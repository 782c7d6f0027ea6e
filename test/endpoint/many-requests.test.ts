import { describe, expect, it } from 'vitest';
import { RawConnection, rawExchange } from '../support/raw-connection.ts';
import { anna, heldToken, scriptedTokenText } from '../support/scripted-engine.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

const tokenLine = 'GET /v1/token HTTP/1.1';

describe('many requests', () => {
  it('E15 to GET /v1/token ask the engine for nothing but the token, which stays the same', async () => {
    await using endpoint = await TestEndpoint.start();
    const perConnection = 500;
    const received = await Promise.all(
      Array.from({ length: 20 }, () => {
        const requests = endpoint.head(tokenLine).repeat(perConnection - 1);
        return rawExchange(endpoint.port, requests + endpoint.head(tokenLine, 'Connection: close'));
      }),
    );
    const tokens = received.join('').match(/"access_token":"[^"]*"/g) ?? [];
    expect(tokens).toHaveLength(10_000);
    expect(new Set(tokens)).toEqual(new Set([`"access_token":"${scriptedTokenText}"`]));
    expect(endpoint.engine.asks).toHaveLength(10_000);
    expect(endpoint.engine.calls).toBe(10_000);
  });

  it('E37 in one pipeline are answered in order, each with its own', async () => {
    await using endpoint = await TestEndpoint.start();
    const lateFirst = Array.from({ length: 100 }, (_, at) => 100 - at);
    endpoint.engine.tokenReply = async () => {
      const { minTtlSeconds = 0 } = endpoint.engine.asks.at(-1) ?? {};
      for (let turn = 0; turn < minTtlSeconds; turn += 1) await Promise.resolve();
      return { kind: 'token', token: { ...heldToken, account: String(minTtlSeconds) } };
    };
    const requests = lateFirst.map((seconds) => endpoint.head(`GET /v1/token?min_ttl=${seconds} HTTP/1.1`));
    using connection = await RawConnection.open(endpoint.port);
    connection.send(requests.join(''));
    const accounts = () =>
      [...connection.received.matchAll(/"account":"(\d+)"/g)].map(([, account]) => Number(account));
    await connection.until(() => accounts().length === 100);
    expect(accounts()).toEqual(lateFirst);
  });

  it('E37 on one connection are bounded: the thousandth answer says so, and no more are served', async () => {
    await using endpoint = await TestEndpoint.start();
    using connection = await RawConnection.open(endpoint.port);
    connection.send(endpoint.head(tokenLine).repeat(1_001));
    await connection.until(() => connection.received.includes('HTTP/1.1 503 '));
    expect(connection.received.match(/HTTP\/1\.1 200 /g)).toHaveLength(1_000);
    expect(connection.received).toMatch(/\r\nConnection: close\r\n/);
    expect(endpoint.engine.asks).toHaveLength(1_000);
  });

  it('E27 with bad keys cost one line in the log, and keep nobody out', async () => {
    await using endpoint = await TestEndpoint.start();
    const guess = () => endpoint.ask('/v1/token', { headers: { authorization: 'Bearer guess' } });
    for (let batch = 0; batch < 20; batch += 1) await Promise.all(Array.from({ length: 50 }, guess));
    expect((await endpoint.ask('/v1/token')).status).toBe(200);
    expect(endpoint.refusals('bad_key')).toEqual([{ reason: 'bad_key', count: 1 }]);
    expect(endpoint.logText).not.toContain('guess');
  });

  it('E39 while the token is being renewed all get the same answer', async () => {
    await using endpoint = await TestEndpoint.start();
    const renewal = Promise.withResolvers<{ kind: 'token'; token: typeof heldToken }>();
    endpoint.engine.tokenReply = () => renewal.promise;
    const answers = Array.from({ length: 200 }, () => endpoint.ask('/v1/token'));
    await endpoint.engine.asked(200);
    renewal.resolve({ kind: 'token', token: heldToken });
    for (const answer of await Promise.all(answers)) expect(answer.json).toMatchObject({ account: anna });
  });
});

describe('clients that misbehave', () => {
  it('E38 one that resets the connection before its answer harms nobody', async () => {
    await using endpoint = await TestEndpoint.start();
    const late = Promise.withResolvers<{ kind: 'token'; token: typeof heldToken }>();
    endpoint.engine.tokenReply = () => late.promise;
    using connection = await RawConnection.open(endpoint.port);
    connection.send(endpoint.head(tokenLine));
    await endpoint.engine.asked(1);
    connection.reset();
    await connection.untilClosed();
    const other = endpoint.ask('/v1/token');
    await endpoint.engine.asked(2);
    late.resolve({ kind: 'token', token: heldToken });
    expect((await other).status).toBe(200);
  });

  it('E38 many that read nothing and reset in the middle of answers harm nobody', async () => {
    await using endpoint = await TestEndpoint.start();
    const clients = await Promise.all(Array.from({ length: 20 }, () => RawConnection.open(endpoint.port)));
    for (const client of clients) client.send(endpoint.head(tokenLine).repeat(50));
    await endpoint.engine.asked(1);
    for (const client of clients) client.reset();
    expect((await endpoint.ask('/v1/token')).status).toBe(200);
  });
});

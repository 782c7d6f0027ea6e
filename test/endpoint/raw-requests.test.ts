import { describe, expect, it } from 'vitest';
import { RawConnection, rawExchange, statusOf } from '../support/raw-connection.ts';
import { scriptedTokenText } from '../support/scripted-engine.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

const tokenLine = 'GET /v1/token HTTP/1.1';

describe('what a client library would not send', () => {
  it.each([
    ['E01 a rebound Host', ['Host: evil.test', 'Authorization: Bearer KEY'], 403],
    ['E02 no Host', ['Authorization: Bearer KEY'], 400],
    ['E03 an empty Host', ['Host:', 'Authorization: Bearer KEY'], 400],
    ['E04 two Hosts, good first', ['Host: 127.0.0.1:PORT', 'Host: evil', 'Authorization: Bearer KEY'], 400],
    ['E04 two Hosts, evil first', ['Host: evil', 'Host: 127.0.0.1:PORT', 'Authorization: Bearer KEY'], 400],
    ['E21 two keys', ['Host: 127.0.0.1:PORT', 'Authorization: Bearer KEY', 'Authorization: Bearer x'], 400],
    [
      'E34 a length and chunks',
      ['Host: 127.0.0.1:PORT', 'Content-Length: 3', 'Transfer-Encoding: chunked'],
      400,
    ],
    ['E34 two lengths', ['Host: 127.0.0.1:PORT', 'Content-Length: 3', 'Content-Length: 4'], 400],
    ['E34 a folded header', ['Host: 127.0.0.1:PORT', 'X: a', ' b'], 400],
    ['E34 a space before the colon', ['Host: 127.0.0.1:PORT', 'Authorization : Bearer KEY'], 400],
    ['E34 a NUL', ['Host: 127.0.0.1:PORT', 'X: a\0b'], 400],
  ])('%s is refused', async (_, lines, status) => {
    await using endpoint = await TestEndpoint.start();
    for (const version of status === 400 && lines.length === 1 ? ['1.1', '1.0'] : ['1.1']) {
      const head = [`GET /v1/token HTTP/${version}`, ...lines, '', ''].join('\r\n');
      const bytes = head.replaceAll('KEY', endpoint.key).replaceAll('PORT', String(endpoint.port));
      const received = await rawExchange(endpoint.port, bytes);
      expect(statusOf(received)).toBe(status);
      expect(received).toContain('\r\nCache-Control: no-store\r\n');
      expect(received).not.toContain(scriptedTokenText);
    }
    expect(endpoint.engine.calls).toBe(0);
    expect(endpoint.logText).not.toContain(endpoint.key);
  });

  it('E34 bare line feeds are no request', async () => {
    await using endpoint = await TestEndpoint.start();
    const bytes = endpoint.head(tokenLine).replaceAll('\r\n', '\n');
    expect(statusOf(await rawExchange(endpoint.port, bytes))).toBe(400);
    expect(endpoint.engine.calls).toBe(0);
  });

  it('E06 an absolute target is refused', async () => {
    await using endpoint = await TestEndpoint.start();
    const received = await rawExchange(endpoint.port, endpoint.head('GET http://evil.com/v1/token HTTP/1.1'));
    expect(statusOf(received)).toBe(400);
  });

  it('E16 HEAD of a route without GET does no work, and gets no body', async () => {
    await using endpoint = await TestEndpoint.start();
    for (const path of ['/v1/login', '/v1/token/renew', '/oauth/token', '/v1/lease']) {
      const received = await rawExchange(endpoint.port, endpoint.head(`HEAD ${path} HTTP/1.1`));
      expect(statusOf(received)).toBe(405);
      expect(received).toContain('\r\nAllow: POST\r\n');
      expect(received).toMatch(/\r\n\r\n$/);
    }
    expect(endpoint.engine.calls).toBe(0);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE'])('E16 %s does no work', async (method) => {
    await using endpoint = await TestEndpoint.start();
    const answer = await endpoint.ask('/v1/token', { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD');
    expect(endpoint.engine.calls).toBe(0);
  });

  it.each([
    ['a WebSocket', tokenLine, ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']],
    ['h2c or a WebSocket', tokenLine, ['Connection: upgrade', 'Upgrade: h2c, WebSocket/13']],
    ['CONNECT', 'CONNECT 127.0.0.1:22 HTTP/1.1', []],
  ])(
    'E12 an upgrade to %s is refused with a sentence, and cut off, with a good key',
    async (_, line, lines) => {
      await using endpoint = await TestEndpoint.start();
      const received = await rawExchange(endpoint.port, endpoint.head(line, ...lines));
      expect(statusOf(received)).toBe(400);
      expect(received).toContain('Content-Type: application/problem+json');
      expect(received).toContain('There are no upgrades');
      expect(endpoint.engine.calls).toBe(0);
    },
  );

  it('E12 an upgrade of a client that resets harms nobody else', async () => {
    await using endpoint = await TestEndpoint.start();
    for (let each = 0; each < 20; each += 1) {
      using client = await RawConnection.open(endpoint.port);
      client.send(endpoint.head('GET /proxy/a HTTP/1.1', 'Connection: Upgrade', 'Upgrade: websocket'));
      client.reset();
    }
    expect((await endpoint.ask('/v1/token')).status).toBe(200);
  });

  it.each([
    ['20 KB in one header', `X: ${'a'.repeat(20_480)}`],
    ['2,000 headers', Array.from({ length: 2_000 }, () => 'X: a').join('\r\n')],
  ])('E33 %s are refused', async (_, lines) => {
    await using endpoint = await TestEndpoint.start();
    const received = await rawExchange(endpoint.port, endpoint.head(tokenLine, lines));
    expect([400, 431]).toContain(statusOf(received));
    expect((await endpoint.ask('/v1/token')).status).toBe(200);
  });

  it('E33 a second Host is not hidden behind very many headers', async () => {
    await using endpoint = await TestEndpoint.start();
    const many = Array.from({ length: 200 }, () => 'X: a');
    const received = await rawExchange(endpoint.port, endpoint.head(tokenLine, ...many, 'Host: evil'));
    expect([400, 431]).toContain(statusOf(received));
  });

  it('E35 other protocols are closed, with one line in the log', async () => {
    await using endpoint = await TestEndpoint.start();
    const others = [
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      'EHLO example.com\r\n',
      '\x00\xff\x13\x37\r\n\r\n',
    ];
    for (const bytes of [...others, ...others]) {
      expect(statusOf(await rawExchange(endpoint.port, bytes)) ?? 400).toBe(400);
    }
    expect(endpoint.refusals('unreadable_request')).toHaveLength(1);
    expect((await endpoint.ask('/v1/token')).status).toBe(200);
  });
});

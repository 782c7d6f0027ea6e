import { describe, expect, it } from 'vitest';
import { endpointPaths } from '../support/endpoint-paths.ts';
import { rawExchange, requestBytes as bytes, statusOf } from '../support/raw-connection.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

const methods = ['GET', 'POST'];
const requests = endpointPaths.flatMap((path) => methods.map((method) => ({ path, method })));
/** Those that the gate lets in without a key; `/oauth/token` looks at the key itself (oauth.test.ts). */
const keyless = ['/healthz', '/.well-known/oauth-authorization-server', '/oauth/token'];
const closed = requests.filter(({ path }) => !keyless.includes(path));

describe('every route', () => {
  it('E14 takes no key from anywhere but the Authorization header, and logs none', async () => {
    await using endpoint = await TestEndpoint.start();
    const { key } = endpoint;
    const basic = Buffer.from(`owner:${key}`).toString('base64');
    const misplaced = [
      [`?access_token=${key}`],
      [`?key=${key}`],
      ['', `Cookie: key=${key}`],
      ['', `Authorization: Basic ${basic}`],
      ['', `Authorization: ${key}`],
      ['', `Authorization: Token ${key}`],
      ['', `X-Api-Key: ${key}`],
      ['', `Proxy-Authorization: Bearer ${key}`],
    ];
    for (const { path, method } of closed) {
      const body = JSON.stringify({ key, access_token: key, client_secret: key });
      const inBody = ['', 'Content-Type: application/json', `Content-Length: ${body.length}`];
      const answers = await Promise.all([
        ...misplaced.map(([query = '', ...lines]) =>
          rawExchange(
            endpoint.port,
            bytes(`${method} ${path}${query} HTTP/1.1`, endpoint.hostLine, ...lines),
          ),
        ),
        rawExchange(
          endpoint.port,
          bytes(`${method} ${path} HTTP/1.1`, endpoint.hostLine, ...inBody.slice(1)) + body,
        ),
      ]);
      expect([path, new Set(answers.map(statusOf))]).toEqual([path, new Set([401])]);
    }
    expect(endpoint.engine.calls).toBe(0);
    expect(endpoint.logText).not.toContain(key);
  });

  it('P09 answers nobody who comes by a name for this computer from elsewhere, and by 127.0.0.1 nobody without a key', async () => {
    await using endpoint = await TestEndpoint.start();
    const key = `Authorization: Bearer ${endpoint.key}`;
    const names = [
      'host.docker.internal',
      'host.containers.internal',
      'gateway.docker.internal',
      'my-pc.local',
    ];
    for (const { path, method } of requests) {
      const line = `${method} ${path} HTTP/1.1`;
      const answers = await Promise.all(
        names.map((name) => rawExchange(endpoint.port, bytes(line, `Host: ${name}:${endpoint.port}`, key))),
      );
      expect([line, new Set(answers.map(statusOf))]).toEqual([line, new Set([403])]);
    }
    for (const { path, method } of closed) {
      const answer = await rawExchange(endpoint.port, bytes(`${method} ${path} HTTP/1.1`, endpoint.hostLine));
      expect([path, statusOf(answer)]).toEqual([path, 401]);
    }
    expect(endpoint.engine.calls).toBe(0);
  });

  it('E10 answers no preflight, whatever network it asks for, with or without a key', async () => {
    await using endpoint = await TestEndpoint.start();
    const asked = [
      'Access-Control-Request-Method: GET',
      'Access-Control-Request-Headers: authorization',
      'Access-Control-Request-Private-Network: true',
      'Access-Control-Request-Local-Network: true',
    ];
    for (const path of endpointPaths) {
      const line = `OPTIONS ${path} HTTP/1.1`;
      const answers = await Promise.all([
        rawExchange(endpoint.port, bytes(line, endpoint.hostLine, 'Origin: https://evil.test', ...asked)),
        rawExchange(endpoint.port, bytes(line, endpoint.hostLine, ...asked)),
        rawExchange(endpoint.port, endpoint.head(line, ...asked)),
      ]);
      const withoutKey = keyless.includes(path) ? 405 : 401;
      expect([path, ...answers.map(statusOf)]).toEqual([path, 403, withoutKey, 405]);
      expect(answers.join('')).not.toMatch(/access-control-/i);
    }
  });

  it('E12 cuts off every web socket and tunnel, with and without a key', async () => {
    await using endpoint = await TestEndpoint.start();
    const webSocket = [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ];
    for (const { path, method } of requests) {
      const line = `${method} ${path} HTTP/1.1`;
      const byKey = await rawExchange(endpoint.port, endpoint.head(line, ...webSocket));
      const keyless = await rawExchange(endpoint.port, bytes(line, endpoint.hostLine, ...webSocket));
      expect([path, statusOf(byKey), keyless]).toEqual([path, 400, byKey]);
    }
    const tunnel = await rawExchange(
      endpoint.port,
      bytes('CONNECT 127.0.0.1:22 HTTP/1.1', endpoint.hostLine),
    );
    expect(statusOf(tunnel)).toBe(400);
    expect(endpoint.engine.calls).toBe(0);
  });

  it.each([
    ['h2c', ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__']],
    ['TLS', ['Connection: Upgrade', 'Upgrade: TLS/1.2']],
    ['h2c that Connection does not name', ['Upgrade: h2c']],
  ])('E50 answers a request that offers %s as if it did not', async (_, lines) => {
    await using endpoint = await TestEndpoint.start();
    // A lease stays open, and what the proxy does with an offer is in upgrade-offers.test.ts.
    const ended = requests.filter((each) => !['/v1/lease', '/proxy/*'].includes(each.path));
    for (const { path, method } of ended) {
      const line = `${method} ${path} HTTP/1.1`;
      const body = ['Connection: close', 'Content-Length: 2'];
      const [plain, offering] = [[], lines].map((more) => {
        const asked = endpoint.head(line, ...body, ...more);
        return rawExchange(endpoint.port, method === 'POST' ? `${asked}{}` : asked.replace(': 2', ': 0'));
      });
      expect([line, await offering]).toEqual([line, await plain]);
    }
  });

  it('E53 answers HEAD wherever there is GET, with the same head and no body', async () => {
    await using endpoint = await TestEndpoint.start();
    for (const path of endpointPaths.filter((each) => !each.endsWith('*'))) {
      const [get, head] = await Promise.all(
        ['GET', 'HEAD'].map((method) =>
          rawExchange(endpoint.port, endpoint.head(`${method} ${path} HTTP/1.1`, 'Connection: close')),
        ),
      );
      if (statusOf(get ?? '') === 405) expect([path, statusOf(head ?? '')]).toEqual([path, 405]);
      else expect([path, head]).toEqual([path, get?.replace(/\r\n\r\n[^]*$/, '\r\n\r\n')]);
    }
  });

  it('E13 has the headers that keep browsers off, on success and on refusal', async () => {
    await using endpoint = await TestEndpoint.start();
    for (const { path, method } of requests.filter((each) => each.path !== '/v1/lease')) {
      const line = `${method} ${path} HTTP/1.1`;
      const answers = await Promise.all([
        rawExchange(endpoint.port, endpoint.head(line, 'Connection: close')),
        rawExchange(endpoint.port, bytes(line, endpoint.hostLine, 'Connection: close')),
        rawExchange(endpoint.port, endpoint.head(line, 'Origin: null')),
      ]);
      for (const answer of answers) {
        expect(answer).toContain('\r\nCache-Control: no-store\r\nPragma: no-cache\r\n');
        expect(answer).toContain('\r\nX-Content-Type-Options: nosniff\r\n');
        expect(answer).toContain('\r\nCross-Origin-Resource-Policy: same-origin\r\n');
        expect(answer).toContain("\r\nContent-Security-Policy: default-src 'none'\r\n");
        expect(answer).not.toMatch(/\r\n(access-control-|server:|x-powered-by:|set-cookie:)/i);
      }
    }
  });

  it('E31 E36 waits for no body without a key: neither one that is expected, nor a gigabyte, nor one without end', async () => {
    await using endpoint = await TestEndpoint.start();
    for (const { path, method } of closed) {
      const line = `${method} ${path} HTTP/1.1`;
      const answers = await Promise.all(
        [
          ['Expect: 100-continue', 'Content-Length: 2'],
          ['Content-Length: 1073741824'],
          ['Transfer-Encoding: chunked', 'Expect: 100-continue'],
        ].map((lines) => rawExchange(endpoint.port, bytes(line, endpoint.hostLine, ...lines))),
      );
      expect([path, ...answers.map(statusOf)]).toEqual([path, 401, 401, 401]);
    }
  });

  it('E31 takes no gigabyte with a key either', async () => {
    await using endpoint = await TestEndpoint.start();
    for (const { path, method } of closed.filter((each) => each.path !== '/v1/lease')) {
      const head = endpoint.head(`${method} ${path} HTTP/1.1`, 'Content-Length: 1073741824');
      expect(await rawExchange(endpoint.port, head)).toContain('\r\nConnection: close\r\n');
    }
  });
});

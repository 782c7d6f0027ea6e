import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ApiServer } from '../support/api-server.ts';
import { proxyingEndpoint, toolKey } from '../support/proxying-endpoint.ts';
import { RawConnection, rawExchange, statusOf } from '../support/raw-connection.ts';
import { RawServer } from '../support/raw-server.ts';
import { scriptedTokenText } from '../support/scripted-engine.ts';

const whole = ['Content-Length: 4', '', 'body'];

describe('a request to the proxy', () => {
  it.each([
    ['of two lengths', ['Content-Length: 4', 'Content-Length: 5', '', 'body!']],
    ['with a length and chunks', ['Content-Length: 4', 'Transfer-Encoding: chunked', '', '0', '', '']],
    ['with chunks and another coding', ['Transfer-Encoding: chunked, gzip', '', '0', '', '']],
    ['with a folded field', ['X-One: a', ' b', ...whole]],
    ['with a space before a colon', ['X-One : a', ...whole]],
    ['with a control character', ['X-One: a\u0001b', ...whole]],
    ['with a length that is no number', ['Content-Length: 0x4', '', 'body']],
    ['with two accounts', ['Token-Tray-Account: a', 'Token-Tray-Account: b', ...whole]],
    ['of a web page', ['Origin: https://evil.test', ...whole]],
    ['of an embedded page', ['Sec-Fetch-Site: cross-site', ...whole]],
    ['that wants a web socket', ['Connection: Upgrade', 'Upgrade: websocket', ...whole]],
  ])('E43 %s reaches no API', async (_, lines) => {
    await using api = await ApiServer.start();
    await using endpoint = await proxyingEndpoint(api.url);
    using caller = await RawConnection.open(endpoint.port);
    const head = endpoint.head('POST /proxy/orders HTTP/1.1').trimEnd();
    caller.send([head, ...lines].join('\r\n'));
    caller.halfClose();
    expect(await caller.untilClosed()).not.toMatch(/^HTTP\/1\.1 2/m);
    expect(api.calls).toEqual([]);
  });

  it.each([
    '/proxy/../v1/token',
    '/proxy/a/%2e%2E/b',
    '/proxy/a/./b',
    '/proxy/a/..',
    '/proxy/a\\b',
    '/proxy/a#b',
    '/proxy/\u00e4',
    '/proxy/@orders/../../x',
    'http://evil.test/proxy/a',
    '//evil.test/proxy/a',
    '/proxy',
    '/Proxy/a',
    '/%70roxy/a',
  ])('E43 for %s reaches no API', async (target) => {
    await using api = await ApiServer.start();
    await using endpoint = await proxyingEndpoint(`${api.url}/base`);
    await endpoint.settings.set('furtherHosts', { orders: `${api.url}/base` });
    const answer = await rawExchange(endpoint.port, endpoint.head(`GET ${target} HTTP/1.1`));
    expect([400, 404]).toContain(statusOf(answer));
    expect(api.calls).toEqual([]);
  });

  it.each([
    '/proxy//evil.test/a',
    '/proxy/@orders//evil.test/a',
    '/proxy/a@evil.test',
    '/proxy/:80/',
    '/proxy/%0d%0aX:1',
  ])('E43 for %s goes to the API that it is for, as it stands', async (target) => {
    await using api = await ApiServer.start();
    await using endpoint = await proxyingEndpoint(api.url);
    await endpoint.settings.set('furtherHosts', { orders: api.url });
    const answer = await rawExchange(
      endpoint.port,
      endpoint.head(`GET ${target} HTTP/1.1`, 'Connection: close'),
    );
    expect(statusOf(answer)).toBe(200);
    expect(api.calls.map((call) => call.target)).toEqual([target.replace(/^\/proxy(?:\/@orders)?/, '')]);
  });

  it('E42 keeps what is for its own connection, whatever Connection names, and its length', async () => {
    await using api = await ApiServer.start();
    await using endpoint = await proxyingEndpoint(api.url);
    const own = [
      'Connection: close, X-One, Content-Length, Authorization',
      'X-One: mine',
      'Keep-Alive: timeout=5',
      'Proxy-Authorization: Basic abc',
      'TE: trailers',
      'Via: 1.0 other',
      'X-Two: yours',
    ];
    const bytes = [endpoint.head('POST /proxy/orders HTTP/1.1').trimEnd(), ...own, ...whole].join('\r\n');
    expect(statusOf(await rawExchange(endpoint.port, bytes))).toBe(200);
    const [call] = api.calls;
    expect(call).toMatchObject({
      body: 'body',
      headers: {
        authorization: `Bearer ${scriptedTokenText}`,
        via: '1.0 other, 1.1 token-tray',
        'x-two': 'yours',
        connection: 'keep-alive',
      },
    });
    for (const name of ['x-one', 'keep-alive', 'proxy-authorization', 'te']) {
      expect(call?.headers).not.toHaveProperty(name);
    }
  });

  it('E24 by a key that was revoked is refused on a connection that served it a moment ago', async () => {
    await using api = await ApiServer.start();
    await using endpoint = await proxyingEndpoint(api.url);
    const key = await toolKey(endpoint, { proxyOnly: true });
    const bytes = endpoint.head('GET /proxy/orders HTTP/1.1').replace(endpoint.key, key);
    using caller = await RawConnection.open(endpoint.port);
    caller.send(bytes);
    await caller.until(() => caller.received.endsWith('done'));
    await endpoint.tools.revoke('sync');
    caller.send(bytes);
    expect(await caller.untilClosed()).toContain('HTTP/1.1 401 ');
    expect(api.calls).toHaveLength(1);
  });
});

describe('an answer of the API', () => {
  async function answered(lines: readonly string[], requestLine = 'GET /proxy/a HTTP/1.1'): Promise<string> {
    await using api = await RawServer.start((socket) => socket.end(lines.join('\r\n'), 'latin1'));
    await using endpoint = await proxyingEndpoint(api.url);
    return await rawExchange(endpoint.port, endpoint.head(requestLine, 'Connection: close'));
  }

  it.each([
    ['with two lengths', ['HTTP/1.1 200 OK', 'Content-Length: 4', 'Content-Length: 5', '', 'body!']],
    ['that is no HTTP', ['SSH-2.0-OpenSSH_9.6', '', '']],
    ['that splits its head', ['HTTP/1.1 200 OK', 'X-One: a\nb', '', '']],
    [
      'that switches protocols',
      ['HTTP/1.1 101 Switching Protocols', 'Upgrade: x', 'Connection: upgrade', '', ''],
    ],
    ['with a status below all', ['HTTP/1.1 099 Odd', 'Content-Length: 4', '', 'body']],
    [
      'in a coding for its connection alone',
      ['HTTP/1.1 200 OK', 'Transfer-Encoding: gzip, chunked', '', '2', 'ok', '0', '', ''],
    ],
    ['with an endless head', ['HTTP/1.1 200 OK', `X-One: ${'a'.repeat(20_000)}`, '', '']],
  ])('E44 %s is told as one that came to nothing', async (_, lines) => {
    const got = await answered(lines);
    expect(statusOf(got)).toBe(502);
    expect(got).toContain('"code":"service_error"');
  });

  it('E44 keeps its own connection’s fields and all of CORS to itself, and has our marks against browsers', async () => {
    const got = await answered([
      'HTTP/1.1 200 OK',
      'Connection: close, X-Hop',
      'X-Hop: 1',
      'Keep-Alive: timeout=9',
      'Access-Control-Allow-Origin: *',
      'Access-Control-Allow-Credentials: true',
      'Cross-Origin-Resource-Policy: cross-origin',
      'X-Own: yes',
      'X-Latin: \u00e4',
      'Content-Length: 4',
      '',
      'body',
    ]);
    expect(got).toMatch(/^X-Own: yes\r$/m);
    expect(got).toMatch(/^X-Latin: \u00e4\r$/m);
    expect(got).toMatch(/^Cross-Origin-Resource-Policy: same-origin\r$/m);
    expect(got).not.toMatch(/access-control|x-hop|timeout=9|cross-origin\r$/im);
    expect(got.endsWith('body')).toBe(true);
  });

  it('E44 without a body has none, and a packed one stays packed', async () => {
    const none = await answered(['HTTP/1.1 204 No Content', 'Content-Length: 5', '', 'hello']);
    expect(none).toMatch(/^HTTP\/1\.1 204 [^]*\r\n\r\n$/);
    expect(none).not.toMatch(/content-length/i);
    expect(await answered(['HTTP/1.1 304 Not Modified', 'ETag: "a"', '', ''])).toMatch(
      /ETag: "a"[^]*\r\n\r\n$/,
    );
    const head = await answered(['HTTP/1.1 200 OK', 'Content-Length: 9', '', ''], 'HEAD /proxy/a HTTP/1.1');
    expect(head).toMatch(/Content-Length: 9\r\n[^]*\r\n\r\n$/);
    const packed = gzipSync('text').toString('latin1');
    const got = await answered([
      'HTTP/1.1 200 OK',
      'Content-Encoding: gzip',
      `Content-Length: ${packed.length}`,
      '',
      packed,
    ]);
    expect(got.endsWith(packed)).toBe(true);
  });

  it('E44 E57 after interim ones is the one that counts', async () => {
    const interim = [
      ['103 Early Hints'],
      ['100 Continue'],
      ['102 Processing', '100 Continue', '103 Early Hints'],
    ];
    for (const lines of interim) {
      const got = await answered([
        ...lines.flatMap((line) => [`HTTP/1.1 ${line}`, 'Link: </a>', '']),
        ...['HTTP/1.1 200 OK', 'Content-Length: 4', '', 'last'],
      ]);
      expect(got).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nlast$/);
      expect(got).not.toContain('Link');
    }
  });
});

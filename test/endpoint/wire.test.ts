import { describe, expect, it } from 'vitest';
import { RawConnection, rawExchange, requestBytes as bytes, statusOf } from '../support/raw-connection.ts';
import { scriptedTokenText } from '../support/scripted-engine.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

describe('as bytes on the wire', () => {
  it('E01 E05 E09 every other Host is refused, and the log tells of it without the key', async () => {
    await using endpoint = await TestEndpoint.start();
    const { port } = endpoint;
    const names = [
      'LOCALHOST',
      'localhost.',
      '127.0.0.1.',
      '127.evil.com',
      '127.0.0.1.evil.com',
      '127.0.0.1@evil',
    ];
    const addresses = [
      '[::ffff:127.0.0.1]',
      '[::1]',
      '0.0.0.0',
      '127.1',
      '127.0.0.2',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
    ];
    const others = ['a.localhost', 'host.docker.internal', 'foo.local', 'evil.test'];
    const withPort = [...names, ...addresses, ...others].map((name) => `${name}:${port}`);
    for (const host of [
      ...withPort,
      '127.0.0.1',
      'localhost',
      `127.0.0.1:${port + 1}`,
      `127.0.0.1:0${port}`,
      `127.0.0.1:${port},evil`,
    ]) {
      const request = endpoint.head('GET /v1/token HTTP/1.1').replace(endpoint.hostLine, `Host: ${host}`);
      const received = await rawExchange(port, request);
      expect([host, statusOf(received)]).toEqual([host, 403]);
      expect(received).toContain('"code":"forbidden_host"');
    }
    expect(endpoint.engine.calls).toBe(0);
    expect(endpoint.refusals('forbidden_host')).toHaveLength(1);
    expect(endpoint.logText).not.toContain(endpoint.key);
  });

  it('E16 methods that there are none of do no work and show nothing', async () => {
    await using endpoint = await TestEndpoint.start();
    for (const method of ['FOO', 'PROPFIND', 'QUERY', 'OPTIONS', 'TRACE', 'get']) {
      const received = await rawExchange(endpoint.port, endpoint.head(`${method} /v1/token HTTP/1.1`));
      // What Node's parser does not know it refuses itself.
      expect([400, 405]).toContain(statusOf(received));
      expect(received).not.toContain(scriptedTokenText);
    }
    expect(endpoint.engine.calls).toBe(0);
  });

  it('E17 paths that resemble ours are not found, in one and the same answer', async () => {
    await using endpoint = await TestEndpoint.start();
    const paths = [
      '/',
      '//v1/token',
      '/v1/token/',
      '/V1/TOKEN',
      '/v1/../v1/token',
      '/v1/%74oken',
      '/v1/token;a',
    ];
    const more = ['/v1/token%00', '/v1/./token', '/v1\\token', '/favicon.ico', `/${'a'.repeat(8_192)}`];
    const answers = [];
    for (const path of [...paths, ...more]) {
      answers.push(await rawExchange(endpoint.port, endpoint.head(`GET ${path} HTTP/1.1`)));
    }
    expect(new Set(answers).size).toBe(1);
    expect(statusOf(answers[0] ?? '')).toBe(404);
  });

  it('E20 every Authorization that is none of ours gets one and the same answer', async () => {
    await using endpoint = await TestEndpoint.start();
    const { key } = endpoint;
    const values = [
      '',
      'Bearer',
      'bearer x',
      `bearer\t${key}`,
      `Bearer\t${key}`,
      `Bearer ${'x'.repeat(10_240)}`,
    ];
    const answers = [bytes('GET /v1/token HTTP/1.1', endpoint.hostLine)].concat(
      [...values, 'Bearer schl\xfcssel', `Bearer ${key}%0d%0a`, `Bearer "${key}"`, `Bearer ${key},`].map(
        (value) => bytes('GET /v1/token HTTP/1.1', endpoint.hostLine, `Authorization: ${value}`),
      ),
    );
    const received = await Promise.all(answers.map((request) => rawExchange(endpoint.port, request)));
    expect(new Set(received).size).toBe(1);
    expect(received[0]).toMatch(/^HTTP\/1\.1 401 [^]*\r\nWWW-Authenticate: Bearer realm="Token Tray"\r\n/);
    expect(endpoint.engine.calls).toBe(0);
  });

  it('E37 keys of several tools on one connection are not taken for each other', async () => {
    await using endpoint = await TestEndpoint.start();
    const names = Array.from({ length: 10 }, (_, at) => `tool-${at}`);
    const keys: string[] = [];
    for (const name of names) {
      keys.push(((await endpoint.post('/v1/tools', { name })).json as { key: string }).key);
    }
    using connection = await RawConnection.open(endpoint.port);
    const request = endpoint.head('GET /v1/token HTTP/1.1');
    connection.send(keys.map((key) => request.replace(endpoint.key, key)).join(''));
    await connection.until(() => connection.received.split(scriptedTokenText).length === 11);
    expect(endpoint.engine.asks.map(({ tool }) => tool)).toEqual(names);
  });
});

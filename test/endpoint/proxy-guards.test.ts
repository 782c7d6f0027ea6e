import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../electron/core/secret.ts';
import { passAnswer } from '../../electron/endpoint/proxied-body.ts';
import { ProxiedExchange } from '../../electron/endpoint/proxied-exchange.ts';
import { ApiServer } from '../support/api-server.ts';
import { proxyingEndpoint, toolKey } from '../support/proxying-endpoint.ts';
import { RawConnection, rawExchange, statusOf } from '../support/raw-connection.ts';
import { RawServer } from '../support/raw-server.ts';
import { heldToken } from '../support/scripted-engine.ts';
import type { TestEndpoint } from '../support/test-endpoint.ts';

/** A request whose answer's body nobody reads yet. */
function asking(endpoint: TestEndpoint, path: string, method = 'GET') {
  const headers = { authorization: `Bearer ${endpoint.key}` };
  const sent = request({ host: '127.0.0.1', port: endpoint.port, path, method, headers, agent: false });
  return sent.on('error', () => undefined);
}

describe('a key at the proxy', () => {
  it('E42 E51 never goes on to the API, wherever else the tool puts it', async () => {
    await using api = await ApiServer.start();
    await using endpoint = await proxyingEndpoint(api.url);
    const key = await toolKey(endpoint, { proxyOnly: true });
    const as = { authorization: `Bearer ${key}` };
    const asked = [
      await endpoint.ask('/proxy/a', { headers: { ...as, 'x-api-key': key } }),
      await endpoint.ask('/proxy/a', { headers: { ...as, 'x-auth': `Bearer ${key}` } }),
      await endpoint.ask(`/proxy/a?key=${key}`, { headers: as }),
      await endpoint.ask(`/proxy/${key}`, { headers: as }),
    ];
    for (const scheme of ['bearer', 'Bearer ']) {
      const spelt = { authorization: `${scheme} ${key}`, 'x-api-key': key };
      asked.push(await endpoint.ask('/proxy/a', { headers: spelt }));
    }
    for (const answer of asked) {
      expect(answer).toMatchObject({ status: 400, json: { code: 'bad_request' } });
      expect(answer.text).not.toContain(key);
    }
    expect(api.calls).toEqual([]);
    expect(endpoint.logText).not.toContain(key);
  });
});

describe('a token at the proxy', () => {
  it('E42 goes to its own service and account alone, whatever became of the default account', async () => {
    await using mine = await ApiServer.start((_request, response) => response.writeHead(401).end('mine'));
    await using other = await ApiServer.start();
    await using endpoint = await proxyingEndpoint(mine.url);
    const accessToken = new Secret<'access token'>('of-another-service');
    endpoint.engine.rejectedReply = {
      kind: 'token',
      token: { ...heldToken, service: other.url, accessToken },
    };
    expect(
      (
        await fetch(`${endpoint.running.url}/proxy/a`, {
          headers: { authorization: `Bearer ${endpoint.key}` },
        })
      ).status,
    ).toBe(401);
    expect(endpoint.engine.rejectedReports).toMatchObject([{ account: heldToken.account }]);
    expect([mine.callsWith('of-another-service'), mine.calls.length, other.calls.length]).toEqual([0, 1, 0]);
  });

  it('E42 is for the account that is named in UTF-8', async () => {
    await using api = await ApiServer.start();
    await using endpoint = await proxyingEndpoint(api.url);
    const name = Buffer.from('zoë@lager.example').toString('latin1');
    const bytes = endpoint.head('GET /proxy/a HTTP/1.1', `Token-Tray-Account: ${name}`, 'Connection: close');
    expect(statusOf(await rawExchange(endpoint.port, bytes))).toBe(200);
    expect(endpoint.engine.asks.at(-1)).toMatchObject({ account: 'zoë@lager.example' });
  });
});

describe('an answer through the proxy', () => {
  it('E44 has no cookie, nothing about the API’s own address, and the marks of every answer', async () => {
    await using api = await ApiServer.start((_request, response) => {
      response.writeHead(200, {
        'set-cookie': ['a=1', 'b=2'],
        'cache-control': 'public, max-age=9999',
        'content-security-policy': "default-src 'self'",
        'strict-transport-security': 'max-age=9999',
        'alt-svc': 'h3=":443"',
        'clear-site-data': '"*"',
        etag: '"1"',
      });
      response.end('done');
    });
    await using endpoint = await proxyingEndpoint(api.url);
    const bytes = endpoint.head('GET /proxy/a HTTP/1.1', 'Cookie: other=program', 'Connection: close');
    const got = await rawExchange(endpoint.port, bytes);
    expect(api.calls[0]?.headers).not.toHaveProperty('cookie');
    expect(got).toMatch(/^etag: "1"\r$/im);
    expect(got.match(/^cache-control: .*$/gim)).toEqual(['Cache-Control: no-store']);
    expect(got.match(/^content-security-policy: .*$/gim)).toEqual([
      "Content-Security-Policy: default-src 'none'",
    ]);
    expect(got).not.toMatch(/^(set-cookie|strict-transport-security|alt-svc|clear-site-data):/im);
  });

  it('E44 says that the API gave it, even one that looks like ours', async () => {
    await using api = await ApiServer.start((_request, response) => {
      response.writeHead(503, { 'content-type': 'application/problem+json', 'proxy-status': 'cdn' });
      response.end('{"code":"offline"}');
    });
    await using endpoint = await proxyingEndpoint(api.url);
    const theirs = await endpoint.ask('/proxy/a');
    expect(theirs.headers['proxy-status']).toBe('cdn, token-tray; received-status=503');
    endpoint.engine.refuse({ code: 'offline', retryAfterSeconds: 1 });
    expect((await endpoint.ask('/proxy/a')).headers).not.toHaveProperty('proxy-status');
  });
});

describe('what two readers could read otherwise', () => {
  it.each(['/proxy/a%2f..%2fb', '/proxy/a%5C%2e%2e/b', '/proxy/a/..;x=1/b', '/proxy/%2e%2E%2fb'])(
    'E43 the path %s reaches no API',
    async (target) => {
      await using api = await ApiServer.start();
      await using endpoint = await proxyingEndpoint(`${api.url}/base`);
      expect(await endpoint.ask(target)).toMatchObject({ status: 400 });
      expect(api.calls).toEqual([]);
    },
  );

  it('E43 a body in another transfer coding reaches no API', async () => {
    await using api = await ApiServer.start();
    await using endpoint = await proxyingEndpoint(api.url);
    for (const coding of ['gzip, chunked', 'identity, chunked', 'chunked, chunked']) {
      const head = endpoint.head('POST /proxy/a HTTP/1.1', `Transfer-Encoding: ${coding}`);
      expect([coding, statusOf(await rawExchange(endpoint.port, `${head}0\r\n\r\n`))]).toEqual([coding, 400]);
    }
    expect(api.calls).toEqual([]);
  });
});

describe('the proxy’s limits', () => {
  it('E46 so many at once, and the next is told to come again', async () => {
    await using api = await ApiServer.streaming((_incoming, response) =>
      response.writeHead(200).flushHeaders(),
    );
    await using endpoint = await proxyingEndpoint(api.url, { atOnce: 2 });
    const open = [asking(endpoint, '/proxy/a').end(), asking(endpoint, '/proxy/b').end()];
    await Promise.all(open.map((each) => once(each, 'response')));
    const refused = await endpoint.ask('/proxy/c');
    expect(refused).toMatchObject({
      status: 503,
      json: { code: 'offline' },
      headers: { 'retry-after': '1' },
    });
    for (const each of open) each.destroy();
    // The places are free once the endpoint has seen that they left.
    await expect
      .poll(async () => {
        const next = asking(endpoint, '/proxy/d').end();
        const [{ statusCode }] = (await once(next, 'response')) as [{ statusCode: number }];
        next.destroy();
        return statusCode;
      })
      .toBe(200);
  });

  it('E46 a body so large, whether its length is told or not', async () => {
    await using api = await ApiServer.streaming((incoming) => incoming.resume());
    await using endpoint = await proxyingEndpoint(api.url, { bodyBytes: 100_000 });
    const told = endpoint.head('PUT /proxy/a HTTP/1.1', 'Content-Length: 100001');
    expect(statusOf(await rawExchange(endpoint.port, told))).toBe(413);
    using caller = await RawConnection.open(endpoint.port);
    caller.send(endpoint.head('PUT /proxy/a HTTP/1.1', 'Transfer-Encoding: chunked'));
    for (let sent = 0; sent < 3; sent += 1) caller.send(`c350\r\n${'x'.repeat(50_000)}\r\n`);
    await caller.until(() => caller.received.includes('"code":"too_large"'));
    expect(statusOf(caller.received)).toBe(413);
  });

  it('E46 an API that falls silent is told as such, and a stream that does is cut', async () => {
    await using api = await RawServer.start((socket, text) => {
      if (text.startsWith('GET /stream')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf');
    });
    await using endpoint = await proxyingEndpoint(api.url, { silenceMs: 50 });
    const silent = await endpoint.ask('/proxy/wait');
    expect(silent).toMatchObject({ status: 502, json: { code: 'service_error' } });
    expect(
      (await rawExchange(endpoint.port, endpoint.head('GET /proxy/stream HTTP/1.1'))).endsWith('half'),
    ).toBe(true);
  });

  it('E46 a caller that reads nothing for so long is cut, and its request at the API too', async () => {
    const chunk = Buffer.alloc(65_536, 'x');
    const begun: IncomingMessage[] = [];
    await using api = await ApiServer.streaming((incoming, response) => {
      begun.push(incoming);
      const more = () => {
        while (response.write(chunk));
      };
      response.on('drain', more);
      more();
    });
    await using endpoint = await proxyingEndpoint(api.url, { silenceMs: 100 });
    const slow = asking(endpoint, '/proxy/file').end();
    const [answer] = (await once(slow, 'response')) as [IncomingMessage];
    answer.on('error', () => undefined);
    // Nothing is read from here on.
    await expect.poll(() => begun.map(({ socket }) => socket.destroyed)).toEqual([true]);
    slow.destroy();
  });

  it('E46 a caller that reads nothing is cut also where the API has sent everything', async () => {
    const passed = Promise.withResolvers<undefined>();
    const server = createServer((_request, response) => {
      const exchange = new ProxiedExchange(response, 100);
      // Like an answer that came whole, it goes on whatever becomes of the connection to the API.
      const body = Readable.from(
        (function* () {
          for (;;) yield Buffer.alloc(65_536, 'x');
        })(),
      );
      void passAnswer({ status: 200, fields: [], body }, response, exchange).then(() =>
        passed.resolve(undefined),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const slow = request({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, agent: false });
    const [answer] = (await once(slow.end(), 'response')) as [IncomingMessage];
    answer.on('error', () => undefined);
    await passed.promise;
    slow.destroy();
    server.close();
  });
});

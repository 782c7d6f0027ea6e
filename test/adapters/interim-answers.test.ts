import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import tls from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiPools } from '../../electron/adapters/api-pools.ts';
import { AuthServiceClient } from '../../electron/adapters/auth-service-client.ts';
import { environmentProxy, type ProxyChoice } from '../../electron/adapters/proxy-choice.ts';
import { Secret } from '../../electron/core/secret.ts';
import { askApi, type ApiRequest } from '../../electron/endpoint/proxied-request.ts';
import { opened } from '../support/opened-reply.ts';
import { httpAnswer, RawServer } from '../support/raw-server.ts';
import { makeAuthority, makeIdentity } from '../support/test-certificate.ts';

const goOn = 'HTTP/1.1 100 Continue\r\n\r\n';
const withFields = 'HTTP/1.1 100 \r\nX-Why: nobody asked\r\nX-Two: 2\r\n\r\n';
const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';
const processing = 'HTTP/1.1 102 Processing\r\n\r\n';
const done = httpAnswer(200, 'done').toString('latin1');

const usualCertificates = tls.getCACertificates('default');
afterEach(() => tls.setDefaultCACertificates(usualCertificates));

/** The answers to requests that are sent one after the other, with the same connections. */
async function asked(
  address: string,
  requests: readonly Partial<ApiRequest>[] = [{}],
  proxyFor: ProxyChoice = environmentProxy({}),
) {
  const certificates = { prepare: () => undefined, renew: () => Promise.resolve(false) };
  const pools = new ApiPools({ proxyFor, certificates });
  const answers: string[] = [];
  for (const request of requests) {
    const usual = { method: 'GET', path: '/', fields: [], body: null, signal: AbortSignal.timeout(20_000) };
    const reply = await askApi(pools, { ...usual, origin: new URL(address), ...request });
    answers.push(reply.kind === 'answer' ? `${reply.status} ${await text(reply.body)}` : reply.reason);
  }
  pools.close();
  return answers;
}

/** Writes one byte at a time, each in a piece of its own. */
async function drip(socket: Socket, bytes: string): Promise<void> {
  for (const byte of bytes) {
    await new Promise((resolve) => socket.write(byte, 'latin1', resolve));
    await new Promise(setImmediate);
  }
}

describe('an interim answer that nobody asked for', () => {
  it.each([
    ['one', goOn],
    ['one with fields', withFields],
    ['several', goOn + goOn + withFields],
    ['several of different kinds', hints + goOn + processing + goOn],
    ['one without words', 'HTTP/1.1 199\r\n\r\n'],
  ])('E57 is skipped: %s', async (_, interim) => {
    await using api = await RawServer.start((socket) => socket.write(interim + done));
    const posts = Array<Partial<ApiRequest>>(4).fill({ method: 'POST', body: Buffer.from('x') });
    expect(await asked(api.url, [{}, ...posts])).toEqual(Array(5).fill('200 done'));
    // Each was sent once, some of them by a connection that had served before.
    expect(api.requests).toHaveLength(5);
    expect(api.connections).toBeLessThan(5);
  });

  it('E57 is skipped wherever it is cut', async () => {
    await using api = await RawServer.start((socket) => void drip(socket, goOn + hints + withFields + done));
    expect(await asked(api.url)).toEqual(['200 done']);
  });

  it('E57 is skipped before a large body has come, and before an answer without one', async () => {
    await using api = await RawServer.start((socket, request) => {
      const head = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n';
      socket.write(goOn + (request.startsWith('HEAD') ? head : done));
    });
    const body = Buffer.alloc(1_000_000, 'x');
    expect(await asked(api.url, [{ method: 'PUT', body }, { method: 'HEAD' }, {}])).toEqual([
      '200 done',
      '200 ',
      '200 done',
    ]);
  });

  it('E57 is skipped by TLS and through a proxy, whose own are skipped too', async () => {
    const authority = makeAuthority();
    tls.setDefaultCACertificates([authority.certificate]);
    const identity = makeIdentity(authority, ['api.example.com']);
    await using api = await RawServer.start((socket) => socket.write(goOn + hints + done), identity);
    const tunnels = new Set<Socket>();
    await using proxy = await RawServer.start((socket) => {
      if (tunnels.has(socket)) return;
      tunnels.add(socket);
      const there = connect(api.port, '127.0.0.1', () => socket.write(`${goOn}HTTP/1.1 200 OK\r\n\r\n`));
      there.on('error', () => socket.destroy());
      there.pipe(socket).pipe(there);
    });
    const by = environmentProxy({ HTTPS_PROXY: proxy.url });
    expect(await asked('https://api.example.com', [{}, {}], by)).toEqual(['200 done', '200 done']);
  });

  it('E57 of the auth service costs no sign-in and no renewal', async () => {
    const tokens = JSON.stringify({ status: true, data: { access_token: 'a-1', refresh_token: 'r-1' } });
    await using service = await RawServer.start((socket) =>
      socket.write(goOn + httpAnswer(200, tokens).toString('latin1')),
    );
    const client = new AuthServiceClient();
    const password = new Secret<'password'>('correct horse');
    const credentials = { username: 'anna', password, form: 'json' } as const;
    expect(opened(await client.logIn(service.url, credentials))).toEqual(['a-1', 'r-1']);
    expect(opened(await client.refresh(service.url, new Secret('r-0')))).toEqual(['a-1', 'r-1']);
  });
});

describe('what only resembles an interim answer', () => {
  it('E57 in a body is left as it is, at its beginning and in pieces, while the request is still being sent', async () => {
    const pieces = [goOn, hints, goOn];
    const length = pieces.join('').length;
    await using api = await RawServer.start((socket) => {
      socket.write(`${goOn}HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`);
      void (async () => {
        for (const piece of pieces) await drip(socket, piece);
      })();
    });
    expect(await asked(api.url, [{}, {}])).toEqual(Array(2).fill(`200 ${pieces.join('')}`));
  });

  it.each([
    [
      'a switch of protocols',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    ],
    ['one that never ends', `HTTP/1.1 100 Continue\r\nX-One: ${'a'.repeat(70_000)}`],
    ['one that is cut', goOn.slice(0, -2)],
    ['nothing after one', goOn],
    ['two bytes', 'HT'],
  ])('E57 is no answer: %s', async (_, bytes) => {
    await using api = await RawServer.start((socket) => socket.end(bytes));
    expect(await asked(api.url)).toEqual(['cut']);
    expect(api.requests).toHaveLength(1);
  });
});

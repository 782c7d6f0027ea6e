import { connect } from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiPools } from '../../electron/adapters/api-pools.ts';
import { environmentProxy, type ProxyChoice } from '../../electron/adapters/proxy-choice.ts';
import { askApi } from '../../electron/endpoint/proxied-request.ts';
import { closedPort, httpAnswer, RawServer, type OnRequest } from '../support/raw-server.ts';
import { makeAuthority, makeIdentity } from '../support/test-certificate.ts';
import { trustOnly, trustUnchanged } from '../support/trusted-authority.ts';

const authority = makeAuthority();
const identity = makeIdentity(authority, ['api.example.com', 'localhost', '127.0.0.1']);
const answer: OnRequest = (socket) => socket.write(httpAnswer(200, 'done'));

const usualCertificates = tls.getCACertificates('default');
const ours = trustOnly(authority);

afterEach(() => {
  tls.setDefaultCACertificates(usualCertificates);
  vi.unstubAllEnvs();
});

/** What becomes of a GET with the token in it. */
async function asked(address: string, proxyFor: ProxyChoice, certificates = ours) {
  const pools = new ApiPools({ proxyFor, certificates });
  const reply = await askApi(pools, {
    method: 'GET',
    origin: new URL(address),
    path: '/',
    fields: ['Authorization', 'Bearer the-token'],
    body: null,
    signal: AbortSignal.timeout(20_000),
  });
  if (reply.kind === 'answer') reply.drop();
  pools.close();
  return reply.kind === 'answer' ? reply.status : reply;
}

const noProxy = environmentProxy({});
const by = (proxy: string) => environmentProxy({ HTTPS_PROXY: proxy });
const unsent = (reason: string) => ({ kind: 'none', unsent: true, reason });

describe('the way to an API', () => {
  it('S12 has its certificate checked, whatever the environment says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    await using api = await RawServer.start(answer, identity);
    expect(await asked(`https://localhost:${api.port}`, noProxy)).toBe(200);
    tls.setDefaultCACertificates(usualCertificates);
    expect(await asked(`https://localhost:${api.port}`, noProxy, trustUnchanged)).toEqual(
      unsent('certificate'),
    );
    expect(api.requests).toHaveLength(1);
  });

  it('S12 leads through the system’s proxy, which is told the host and nothing else', async () => {
    await using api = await RawServer.start(answer, identity);
    const tunnelled = new Set<unknown>();
    await using proxy = await RawServer.start((socket) => {
      if (tunnelled.has(socket)) return;
      tunnelled.add(socket);
      const upstream = connect(api.port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
      upstream.on('error', () => socket.destroy());
      upstream.pipe(socket).pipe(upstream);
    });
    expect(await asked('https://api.example.com', by(proxy.url))).toBe(200);
    expect(proxy.requests[0]).toMatch(/^CONNECT api\.example\.com:443 /);
    expect(proxy.bytes).not.toContain('the-token');
    expect(api.requests[0]).toContain('Bearer the-token');
  });

  it('N10 never goes round a proxy that refuses, is not there, or has no address', async () => {
    await using api = await RawServer.start(answer, identity);
    await using proxy = await RawServer.start((socket) => socket.end('HTTP/1.1 407 Who are you\r\n\r\n'));
    const address = 'https://api.example.com';
    expect(await asked(address, by(proxy.url))).toEqual(unsent('proxy'));
    expect(await asked(address, by(`http://127.0.0.1:${await closedPort()}`))).toEqual(unsent('proxy'));
    expect(await asked(address, by('http://[::'))).toEqual(unsent('proxy_address'));
    expect(await asked(address, () => Promise.reject(new Error('no answer')))).toEqual(unsent('proxy'));
    expect(api.requests).toEqual([]);
  });

  it('to this computer has no proxy', async () => {
    await using api = await RawServer.start(answer);
    const never = () => Promise.reject(new Error('asked for a proxy'));
    expect(await asked(api.url, never)).toBe(200);
  });

  it('tells what never left from what may have', async () => {
    const closed = `http://127.0.0.1:${await closedPort()}`;
    expect(await asked(closed, noProxy)).toEqual(unsent('refused'));
    await using cutting = await RawServer.start((socket) => socket.destroy());
    expect(await asked(cutting.url, noProxy)).toEqual({ kind: 'none', unsent: false, reason: 'cut' });
  });

  it('is kept for sixteen APIs, and the first is asked anew after that', async () => {
    const pools = new ApiPools({ proxyFor: noProxy });
    const to = (port: number) => pools.to(new URL(`http://127.0.0.1:${port}`));
    const first = await to(1);
    expect(await to(1)).toBe(first);
    for (let port = 2; port <= 17; port += 1) await to(port);
    expect(await to(1)).not.toBe(first);
    pools.close();
  });
});

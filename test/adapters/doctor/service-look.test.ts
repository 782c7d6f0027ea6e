import { connect, type Socket } from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { lookAtService, type ServiceLookOptions } from '../../../electron/adapters/doctor/service-look.ts';
import { environmentProxy } from '../../../electron/adapters/proxy-choice.ts';
import { systemClock } from '../../../electron/adapters/system-clock.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { closedPort, RawServer, type OnRequest } from '../../support/raw-server.ts';
import { expired, makeAuthority, makeIdentity, notYetValid } from '../../support/test-certificate.ts';
import { trustOnly } from '../../support/trusted-authority.ts';

const authority = makeAuthority();
const usualCertificates = tls.getCACertificates('default');
afterEach(() => tls.setDefaultCACertificates(usualCertificates));

const options: ServiceLookOptions = {
  clock: systemClock,
  limitMs: 10_000,
  proxyFor: environmentProxy({}),
  certificates: trustOnly(authority),
};
const answers =
  (status: number, ...headers: string[]): OnRequest =>
  (socket) =>
    void socket.end([`HTTP/1.1 ${status} Said`, ...headers, 'content-length: 0', '', ''].join('\r\n'));
const dated = (offsetMs: number) => `date: ${new Date(Date.now() + offsetMs).toUTCString()}`;

async function codes(service: string, changes: Partial<ServiceLookOptions> = {}): Promise<string[]> {
  return (await lookAtService(service, { ...options, ...changes })).map(({ code }) => code);
}

describe('a service that answers', () => {
  it('is asked for the head of its base URL, once, with nothing that identifies anyone', async () => {
    await using server = await RawServer.start(answers(404, dated(0)));
    const found = await lookAtService(`http://127.0.0.1:${server.port}/base/`, options);
    const host = `127.0.0.1:${server.port}`;
    expect(found).toEqual([
      { code: 'service_reached', host, proxy: null },
      { code: 'clock_good', host },
    ]);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatch(/^HEAD \/base HTTP\/1\.1\r\n/);
    expect(server.requests[0]).not.toMatch(/authorization|cookie/i);
  });

  it.each([
    [-90_000, 90],
    [7_200_000, -7_200],
  ])('shows how far the clock is off: Date is %i ms off', async (offsetMs, seconds) => {
    await using server = await RawServer.start(answers(200, dated(offsetMs)));
    const [, clock] = await lookAtService(`http://127.0.0.1:${server.port}`, options);
    if (clock?.code !== 'clock_wrong') throw new Error(String(clock?.code));
    expect(Math.abs(clock.seconds - seconds)).toBeLessThan(30);
  });

  it.each([
    ['no Date', []],
    ['one that is none', ['date: yesterday']],
  ])('leaves the clock open with %s', async (_, headers) => {
    await using server = await RawServer.start(answers(200, ...headers));
    expect(await codes(`http://127.0.0.1:${server.port}`)).toEqual(['service_reached', 'clock_unknown']);
  });

  it('is in trouble with a 5xx', async () => {
    await using server = await RawServer.start(answers(503, dated(0)));
    expect(await codes(`http://127.0.0.1:${server.port}`)).toEqual(['service_in_trouble', 'clock_good']);
  });

  it('is reached over https where its authority is trusted, and not where it is not', async () => {
    const known = makeIdentity(authority, ['127.0.0.1']);
    await using trusted = await RawServer.start(answers(200, dated(0)), known);
    expect(await codes(`https://127.0.0.1:${trusted.port}`)).toEqual(['service_reached', 'clock_good']);
    const unknown = makeIdentity(makeAuthority(), ['127.0.0.1']);
    await using stranger = await RawServer.start(answers(200, dated(0)), unknown);
    expect(await lookAtService(`https://127.0.0.1:${stranger.port}`, options)).toMatchObject([
      { code: 'clock_good' },
      { code: 'service_unreachable', reason: 'certificate' },
    ]);
  });

  it.each([
    [makeIdentity(authority, ['127.0.0.1'], notYetValid), 'certificate_not_yet_valid'],
    [makeIdentity(authority, ['127.0.0.1'], expired), 'certificate_expired'],
    [makeIdentity(makeAuthority(), ['127.0.0.1']), 'certificate'],
  ])('N8 is looked at for its clock first where its certificate is refused', async (identity, reason) => {
    await using server = await RawServer.start(answers(200, dated(3 * 86_400_000)), identity);
    const host = `127.0.0.1:${server.port}`;
    expect(await lookAtService(`https://${host}/base`, options)).toEqual([
      { code: 'clock_wrong', host, seconds: expect.closeTo(-3 * 86_400, -2) as number },
      { code: 'service_unreachable', host, proxy: null, reason },
    ]);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatch(/^HEAD \/base HTTP\/1\.1\r\n/);
    expect(server.requests[0]).not.toMatch(/authorization|cookie/i);
  });

  it('N8 leaves the clock open where its certificate is refused and it tells no time', async () => {
    const identity = makeIdentity(authority, ['127.0.0.1'], expired);
    await using dateless = await RawServer.start(answers(200), identity);
    expect(await codes(`https://127.0.0.1:${dateless.port}`)).toEqual([
      'clock_unknown',
      'service_unreachable',
    ]);
    await using cutting = await RawServer.start((socket) => socket.destroy(), identity);
    expect(await codes(`https://127.0.0.1:${cutting.port}`)).toEqual([
      'clock_unknown',
      'service_unreachable',
    ]);
  });
});

describe('a service that cannot be reached', () => {
  it('N8 leaves no connection to a server that is silent the second time', async () => {
    await using stranger = await RawServer.start(answers(200), makeIdentity(makeAuthority(), ['127.0.0.1']));
    const relayed: Socket[] = [];
    await using relay = await RawServer.start(() => undefined);
    relay.onConnection = (socket) => {
      relayed.push(socket);
      if (relayed.length > 1) return;
      const upstream = connect(stranger.port, '127.0.0.1');
      upstream.on('error', () => undefined);
      socket.pipe(upstream).pipe(socket);
    };
    const clock = new FakeClock();
    const found = codes(`https://127.0.0.1:${relay.port}`, { clock });
    await expect.poll(() => relayed.length).toBe(2);
    await clock.advance(options.limitMs);
    expect(await found).toEqual(['clock_unknown', 'service_unreachable']);
    // Left open, it would end this process as soon as the server resets it.
    await expect.poll(() => relay.openConnections).toBe(0);
  });

  it('N8 is cut where it answers with another protocol', async () => {
    await using server = await RawServer.start((socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n');
    });
    expect(await lookAtService(server.url, options)).toMatchObject([{ reason: 'cut' }]);
  });

  it('refuses, cuts, or says nothing in time', async () => {
    const reasonOf = async (port: number, limitMs = 10_000) =>
      lookAtService(`http://127.0.0.1:${port}`, { ...options, limitMs });
    expect(await reasonOf(await closedPort())).toMatchObject([{ reason: 'refused' }]);
    await using cutting = await RawServer.start((socket) => socket.destroy());
    expect(await reasonOf(cutting.port)).toMatchObject([{ reason: 'cut' }]);
    await using silent = await RawServer.start(() => undefined);
    expect(await reasonOf(silent.port, 200)).toMatchObject([{ reason: 'timeout' }]);
  });

  it.each(['http://anna:proxy-secret@127.0.0.1:PORT', '127.0.0.1:PORT'])(
    'names a dead proxy by its host alone: %s',
    async (proxy) => {
      const port = await closedPort();
      const proxyFor = environmentProxy({ https_proxy: proxy.replace('PORT', String(port)) });
      expect(await lookAtService('https://auth.example.com', { ...options, proxyFor })).toEqual([
        {
          code: 'service_unreachable',
          host: 'auth.example.com',
          proxy: `127.0.0.1:${port}`,
          reason: 'proxy',
        },
      ]);
    },
  );

  it.each(['http://anna:proxy secret@', 'http://anna:12/secret@proxy.example', 'anna://secret'])(
    'N10 shows nothing of a proxy whose address is not valid: %s',
    async (https_proxy) => {
      const proxyFor = environmentProxy({ https_proxy });
      const found = await lookAtService('https://auth.example.com', { ...options, proxyFor });
      expect(found).toEqual([
        { code: 'service_unreachable', host: 'auth.example.com', proxy: null, reason: 'proxy_address' },
      ]);
    },
  );
});

describe('an address that is none', () => {
  it.each([
    ['ftp://example.com', 'service_address_bad'],
    ['http://example.com', 'service_address_insecure'],
  ])('%s is not asked', async (service, code) => {
    expect(await codes(service)).toEqual([code]);
  });
});

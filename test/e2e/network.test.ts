import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderListPath } from '../auth-service/routes.ts';
import { privateHost, startPrivateService, type PrivateService } from '../support/private-service.ts';
import { ProxyServer } from '../support/proxy-server.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess } from '../support/token-tray-process.ts';
import { examined } from '../support/doctor-call.ts';

let service: PrivateService;
let folder: string;

beforeAll(async () => {
  service = await startPrivateService();
  folder = mkdtempSync(join(tmpdir(), 'token-tray-'));
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await service[Symbol.asyncDispose]();
});

/** The built agent: signs in, renews, passes a request on, and is looked at by doctor. */
async function wholeJob(api: string, proxy: string | null) {
  service.service.reset();
  const home = await temporaryHome();
  const env = {
    ...service.trust(folder),
    TOKEN_TRAY_API: api,
    TOKEN_TRAY_KEY_STORE: 'memory',
    ...(proxy !== null && { https_proxy: proxy }),
  };
  const args = ['--username', 'demo@example.com'];
  await using agent = await AgentProcess.start({ home, args, password: 'correct horse', env });
  const first = await agent.token();
  const renewed = await agent.fetch('/v1/token/renew', {
    method: 'POST',
    body: JSON.stringify({ rejected: first }),
  });
  const passed = await agent.fetch(`/proxy${orderListPath}`);
  const doctor = await examined(home, env);
  const { logins, refreshes } = service.service.stats();
  return {
    renewed: renewed.status,
    passed: passed.status,
    logins,
    refreshes,
    reached: doctor.of('service_reached')['proxy'],
  };
}

const done = { renewed: 200, passed: 200, logins: 1, refreshes: 1 };

describe('the built agent signs in, renews, passes a request on and is inspected', () => {
  it('N1 directly, at a service whose authority the system alone knows', async () => {
    expect(await wholeJob(`https://localhost:${service.port}`, null)).toEqual({ ...done, reached: null });
  });

  it.each([
    ['an HTTP proxy', 'http', ''],
    ['an HTTP proxy with a password', 'http', 'me:pass word'],
    ['a SOCKS5 proxy with a password', 'socks5', 'me:pass word'],
  ])('N1 through %s', async (_, scheme, credentials) => {
    const options = { port: service.port, ...(credentials !== '' && { credentials }) };
    await using proxy = await (scheme === 'http' ? ProxyServer.http(options) : ProxyServer.socks(options));
    const user = credentials === '' ? '' : `${credentials.replace(' ', '%20')}@`;
    const address = `${scheme}://${user}127.0.0.1:${proxy.port}`;
    expect(await wholeJob(`https://${privateHost}`, address)).toEqual({
      ...done,
      reached: `127.0.0.1:${proxy.port}`,
    });
    // Sign-in, renewal, the passed request, doctor.
    expect(proxy.opened).toEqual(Array(4).fill(`${privateHost}:443`));
  });

  it('N1 says that the proxy opened no connection, if it asks for a password', async () => {
    service.service.reset();
    await using proxy = await ProxyServer.http({ port: service.port, credentials: 'me:right' });
    const start = AgentProcess.start({
      home: await temporaryHome(),
      args: ['--api', `https://${privateHost}`, '--username', 'demo@example.com'],
      password: 'correct horse',
      env: { TOKEN_TRAY_KEY_STORE: 'memory', https_proxy: proxy.url },
    });
    await expect(start).rejects.toThrow(`No connection to ${privateHost}: the proxy did not open one.`);
    expect([proxy.opened, service.service.stats().logins]).toEqual([[], 0]);
  });
});

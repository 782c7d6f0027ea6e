import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { TokenAnswer } from '../../electron/contract/wire.ts';
import { orderListPath } from '../auth-service/routes.ts';
import { appFolders, canLaunchApp, launchApp } from '../support/launch-app.ts';
import { privateHost, startPrivateService } from '../support/private-service.ts';
import { ProxyServer } from '../support/proxy-server.ts';
import { demo } from '../support/state-row.ts';
import { makeIdentity } from '../support/test-certificate.ts';
import { ask } from '../support/tray-person.ts';

/** Real Electron asks the computer that it runs on. */
const standIn = canLaunchApp && process.env['TOKEN_TRAY_E2E'] !== 'electron';

it.skipIf(!standIn)(
  'N1 the built main process goes by each kind of proxy that a PAC script can name',
  async () => {
    await using service = await startPrivateService();
    const identity = makeIdentity(service.authority, ['127.0.0.1']);
    await using http = await ProxyServer.http({ port: service.port });
    await using secure = await ProxyServer.http({ port: service.port, identity });
    await using socks = await ProxyServer.socks({ port: service.port });
    await using folders = await appFolders();
    await using app = await launchApp({
      folders,
      service: `https://${privateHost}`,
      args: ['--port', '0', '--hidden'],
      env: { ...service.trust(folders.root) },
    });
    await expect.poll(() => existsSync(join(folders.home, 'endpoint.json'))).toBe(true);
    const to = ({ port }: ProxyServer) => `127.0.0.1:${port}`;

    await app.control('network.proxy', `PROXY ${to(http)}`);
    const signedIn = await ask(app, '/v1/login', { method: 'POST', body: JSON.stringify(demo) });
    expect(signedIn.status).toBe(200);

    const results = [
      `PROXY ${to(http)}; DIRECT`,
      `HTTPS ${to(secure)}`,
      `SOCKS5 ${to(socks)}`,
      `SOCKS4 ${to(socks)}`,
      `SOCKS ${to(socks)}`,
      `QUIC ${to(http)}; PROXY ${to(http)}`,
    ];
    for (const result of results) {
      await app.control('network.proxy', result);
      const passed = await ask(app, `/proxy${orderListPath}`);
      expect([result, passed.status]).toEqual([result, 200]);
    }
    expect([http.opened, secure.opened, socks.opened].map((each) => new Set(each))).toEqual(
      Array(3).fill(new Set([`${privateHost}:443`])),
    );

    // A renewal by another kind than the sign-in.
    await app.control('network.proxy', `SOCKS5 ${to(socks)}`);
    const { access_token: rejected } = (await (await ask(app, '/v1/token')).json()) as TokenAnswer;
    const body = JSON.stringify({ rejected });
    expect((await ask(app, '/v1/token/renew', { method: 'POST', body })).status).toBe(200);
    expect(service.service.stats()).toMatchObject({ logins: 1, refreshes: 1 });
  },
);

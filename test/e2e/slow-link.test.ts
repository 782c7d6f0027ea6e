import { request } from 'node:http';
import { expect, it } from 'vitest';
import { orderListPath } from '../auth-service/routes.ts';
import { privateHost, startPrivateService } from '../support/private-service.ts';
import { SlowLink, canMakeLinks } from '../support/slow-link.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, call } from '../support/token-tray-process.ts';

it.skipIf(!canMakeLinks)(
  'N1 N2 the built agent connects over IPv4 with 160 ms each way, where the name also has an IPv6 address without a route',
  async () => {
    await using link = await SlowLink.start(160);
    await using service = await startPrivateService({ address: link.address });
    const home = await temporaryHome();
    const through = link.through(home, [`2001:db8::1 ${privateHost}`, `${link.address} ${privateHost}`]);
    const api = `https://${privateHost}:${service.port}`;
    const env = { ...service.trust(home), TOKEN_TRAY_API: api, TOKEN_TRAY_KEY_STORE: 'memory' };
    const args = ['--username', 'demo@example.com'];
    await using agent = await AgentProcess.start({ home, args, password: 'correct horse', env, through });

    const token = await call(['token', '--home', home]);
    const renewed = await call(['renew', '--rejected-stdin', '--home', home], token.stdout);
    expect([token, renewed]).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }]);
    expect(renewed.stdout).not.toBe(token.stdout);

    // By the socket, which is not of the agent's network.
    const { socket, key } = agent.endpoint();
    const headers = { authorization: `Bearer ${key}` };
    const passed = request({ socketPath: socket ?? '', path: `/proxy${orderListPath}`, headers });
    const status = new Promise((resolve) => passed.once('response', ({ statusCode }) => resolve(statusCode)));
    passed.end();
    expect(await status).toBe(200);

    const doctor = await call(['doctor', '--json', '--home', home], '', env, through);
    expect(doctor.stdout).toContain('"code":"service_reached"');
    expect(service.service.stats()).toMatchObject({ logins: 1, refreshes: 1 });
  },
);

import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createServer, request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LeaseAnswer } from '../../electron/contract/wire.ts';
import { SocketServer } from '../../electron/endpoint/socket-server.ts';
import { silentLog } from '../support/in-memory-home.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

describe.skipIf(process.platform === 'win32')('A7 the socket, once its file is removed', () => {
  it('A7 listens again in the same place, for this user alone, and earlier connections go on', async () => {
    await using endpoint = await TestEndpoint.start();
    const path = endpoint.running.socket ?? '';
    const headers = { authorization: `Bearer ${endpoint.key}` };
    const asked = request({ socketPath: path, path: '/v1/lease', method: 'POST', headers, agent: false });
    const [lease] = (await once(asked.end(), 'response')) as [IncomingMessage];
    const [line] = (await once(lease, 'data')) as [Buffer];
    const { key } = JSON.parse(line.toString()) as LeaseAnswer;

    rmSync(path);
    expect(await endpoint.running.reopenSocket()).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const borrowed = { headers: { authorization: `Bearer ${key}` }, bySocket: true };
    expect((await endpoint.ask('/v1/status', borrowed)).status).toBe(200);
    expect(lease.complete).toBe(false);
    lease.destroy();
  });

  it('A7 is left alone while there is a file, whatever it is, and goes with the endpoint', async () => {
    const endpoint = await TestEndpoint.start();
    const path = endpoint.running.socket ?? '';
    expect(await endpoint.running.reopenSocket()).toBe(false);
    rmSync(path);
    mkdirSync(path);
    expect(await endpoint.running.reopenSocket()).toBe(false);
    rmSync(path, { recursive: true });
    expect(await endpoint.running.reopenSocket()).toBe(true);
    await endpoint.running.close();
    expect(existsSync(path)).toBe(false);
    await endpoint[Symbol.asyncDispose]();
  });

  it('A7 is left alone where its folder cannot be searched', async () => {
    const home = await temporaryHome();
    symlinkSync('circle', join(home, 'circle'));
    const server = new SocketServer(() => createServer(), join(home, 'circle', 's'), silentLog);
    expect(await server.openAgain()).toBe(false);
  });
});

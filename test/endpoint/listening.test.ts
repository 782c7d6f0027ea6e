import { spawnSync } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listenLoopback, surviveErrors, usableSocketPath } from '../../electron/endpoint/listening.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { RememberingLog } from '../support/remembering-log.ts';
import { heldToken } from '../support/scripted-engine.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

describe.skipIf(process.platform === 'win32')('the Unix socket', () => {
  it('is the owner’s alone, and gone after closing', async () => {
    await using endpoint = await TestEndpoint.start();
    const socket = endpoint.running.socket ?? '';
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    await endpoint.running.close();
    expect(existsSync(socket)).toBe(false);
  });

  it('takes the place of a dead one', async () => {
    const home = await mkdtemp(join(tmpdir(), 'tray-'));
    const socketPath = join(home, 'endpoint.sock');
    leaveDeadSocket(socketPath);
    await using endpoint = await TestEndpoint.start({ socketPath });
    expect((await endpoint.ask('/healthz', { bySocket: true })).status).toBe(204);
    await rm(home, { recursive: true });
  });

  it('is done without where something else stands in its place, which is left alone', async () => {
    const home = await mkdtemp(join(tmpdir(), 'tray-'));
    const socketPath = join(home, 'endpoint.sock');
    writeFileSync(socketPath, 'something else');
    await using endpoint = await TestEndpoint.start({ socketPath });
    expect(endpoint.running.socket).toBeNull();
    expect(endpoint.log.events).toMatchObject([{ event: 'socket_unavailable' }]);
    expect((await endpoint.ask('/v1/token')).status).toBe(200);
    expect(statSync(socketPath).isFile()).toBe(true);
    await rm(home, { recursive: true });
  });

  it('is done without where its path is too long', async () => {
    const home = await mkdtemp(join(tmpdir(), 'tray-'));
    const folder = join(home, 'a'.repeat(100));
    await mkdir(folder);
    await using endpoint = await TestEndpoint.start({ socketPath: join(folder, 'endpoint.sock') });
    expect(endpoint.running.socket).toBeNull();
    await rm(home, { recursive: true });
  });
});

describe('a socket’s path', () => {
  it.each([
    ['linux', 107, true],
    ['linux', 108, false],
    ['darwin', 103, true],
    ['darwin', 104, false],
    ['win32', 20, false],
  ])('on %s of %d bytes is usable: %s', (platform, bytes, usable) => {
    const path = '/'.padEnd(bytes, 'a');
    expect(usableSocketPath(path, platform)).toBe(usable ? path : null);
  });

  it('is measured in bytes, not in characters', () => {
    expect(usableSocketPath(`/${'ü'.repeat(60)}`, 'linux')).toBeNull();
  });
});

describe('an error of the listener', () => {
  it('E38 such as too many open files is logged and survived', async () => {
    const log = new RememberingLog();
    const server = createHttpServer();
    surviveErrors(server, log);
    await listenLoopback(server, { port: 0, defaultPort: 0 });
    server.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }));
    expect(server.listening).toBe(true);
    expect(log.events).toEqual([{ event: 'endpoint_error', fields: { error: 'EMFILE' } }]);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('E41 the listener', () => {
  it('answers on 127.0.0.1 alone', async () => {
    await using endpoint = await TestEndpoint.start();
    const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    const others = own
      .filter(({ address }) => address !== '127.0.0.1')
      .map(({ address, scopeid }) => (scopeid ? `${address}%${String(scopeid)}` : address));
    for (const address of ['::1', '127.0.0.2', ...others])
      expect(await reaches(address, endpoint.port)).toBe(false);
    expect(await reaches('127.0.0.1', endpoint.port)).toBe(true);
  });
});

describe('closing', () => {
  it('P07 lets an answer under way finish and ends its connection, and idle ones', async () => {
    await using endpoint = await TestEndpoint.start();
    const late = Promise.withResolvers<{ kind: 'token'; token: typeof heldToken }>();
    using idle = await RawConnection.open(endpoint.port);
    idle.send(endpoint.head('GET /v1/status HTTP/1.1'));
    await idle.until(() => idle.received.includes('200 OK'));
    endpoint.engine.tokenReply = () => late.promise;
    const answer = endpoint.ask('/v1/token');
    await endpoint.engine.asked(1);
    const closed = endpoint.running.close();
    late.resolve({ kind: 'token', token: heldToken });
    const { status, headers } = await answer;
    expect(status).toBe(200);
    expect(headers.connection).toBe('close');
    await closed;
    await idle.untilClosed();
    await expect(RawConnection.open(endpoint.port)).rejects.toThrow();
  });

  it('waits for nobody who never gets done', async () => {
    await using endpoint = await TestEndpoint.start();
    endpoint.engine.tokenReply = () => new Promise(() => undefined);
    using connection = await RawConnection.open(endpoint.port);
    connection.send(endpoint.head('GET /v1/token HTTP/1.1'));
    await endpoint.engine.asked(1);
    await endpoint.running.close();
    expect(await connection.untilClosed()).toBe('');
  });
});

/** A socket file whose process is gone. */
function leaveDeadSocket(path: string): void {
  const script =
    'require("node:net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))';
  spawnSync(process.execPath, ['-e', script, path]);
  expect(statSync(path).isSocket()).toBe(true);
}

function reaches(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    const settle = (reached: boolean) => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { acquireOwnerLock } from '../../electron/adapters/owner-lock.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { findEndpoint, request } from '../../electron/cli/connection.ts';
import { RawServer } from '../support/raw-server.ts';
import { temporaryHome } from '../support/temporary-home.ts';

async function found(content: unknown) {
  const home = await temporaryHome();
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  await writeFile(join(home, 'endpoint.json'), text);
  return findEndpoint(home);
}

const good = { version: 1, url: 'http://127.0.0.1:7145', socket: null, key: 'a-key' };

describe('the discovery file, as the commands read it', () => {
  it('leads to the socket before the port', async () => {
    expect((await found(good))?.target).toEqual({ host: '127.0.0.1', port: 7_145 });
    expect((await found({ ...good, socket: '/home/anna/endpoint.sock' }))?.target).toEqual({
      path: '/home/anna/endpoint.sock',
    });
  });

  it.each([
    'garbage',
    'null',
    { ...good, version: 2 },
    { ...good, url: 'http://127.0.0.1:65536' },
    { ...good, url: 'http://127.0.0.1:99999' },
    { ...good, url: 'http://127.0.0.1:0' },
    { ...good, url: 'http://10.0.0.1:7145' },
    { ...good, url: 'https://127.0.0.1:7145' },
    { ...good, key: 'a key\r\nHost: evil' },
  ])('is none of ours, and leads nowhere: %j', async (content) => {
    expect(await found(content)).toBeNull();
  });
});

describe('an address without a socket, as on Windows', () => {
  /** A home whose `endpoint.json` names the port of a server that answers each request in HTTP, and this process id. */
  async function homeLeadingTo(server: RawServer, pid: number): Promise<string> {
    const home = await temporaryHome();
    const content = { ...good, url: `http://127.0.0.1:${server.port}`, pid };
    await writeFile(join(home, 'endpoint.json'), JSON.stringify(content));
    return home;
  }

  const answering = () =>
    RawServer.start((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'));

  it('W7 is shown neither key nor password after a crash, when another program may have its port', async () => {
    await using stranger = await answering();
    const home = await homeLeadingTo(stranger, process.pid);
    expect(await request(home, 'POST', '/v1/login', { password: 'secret' })).toEqual({
      ok: false,
      failure: { code: 'not_running', home },
    });
    expect(stranger.connections).toBe(0);
  });

  it('W7 is asked while the process that wrote it keeps the home, and no other', async () => {
    await using server = await answering();
    const home = await homeLeadingTo(server, process.pid);
    const lock = await acquireOwnerLock(home, systemClock);
    onTestFinished(async () => {
      if (lock.ok) await lock.value.release();
    });
    expect(await request(home, 'GET', '/v1/status')).toMatchObject({ ok: true, value: { body: 'hello' } });
    const earlier = { ...good, url: `http://127.0.0.1:${server.port}`, pid: process.pid + 1 };
    await writeFile(join(home, 'endpoint.json'), JSON.stringify(earlier));
    expect(await request(home, 'GET', '/v1/status')).toMatchObject({
      failure: { code: 'owner_unreachable', missing: 'endpoint.json' },
    });
    expect(server.connections).toBe(1);
  });
});

import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publishDiscovery, type Discovery } from '../../electron/adapters/discovery-file.ts';
import { Secret } from '../../electron/core/secret.ts';
import { FaultyFiles } from '../support/faulty-files.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const onPosix = process.platform !== 'win32';

function discovery(key: string): Discovery {
  const startedAt = Date.UTC(2026, 10, 23, 8);
  const socket = '/home/anna/.config/token-tray/endpoint.sock';
  return { url: 'http://127.0.0.1:7145', socket, key: new Secret(key), pid: 4711, startedAt };
}

async function published(home: string, key: string) {
  const result = await publishDiscovery(home, discovery(key));
  if (!result.ok) throw new Error(result.failure);
  return result.value;
}

describe('the discovery files', () => {
  it('tell a tool where the endpoint is and what opens it', async () => {
    const home = await temporaryHome();
    await published(home, 'KEY');
    expect(JSON.parse(await readFile(join(home, 'endpoint.json'), 'utf8'))).toEqual({
      version: 1,
      url: 'http://127.0.0.1:7145',
      socket: '/home/anna/.config/token-tray/endpoint.sock',
      key: 'KEY',
      pid: 4711,
      startedAt: '2026-11-23T08:00:00.000Z',
    });
    expect(await readFile(join(home, 'curlrc'), 'utf8')).toBe(
      '# http://127.0.0.1:7145\nheader = "Authorization: Bearer KEY"\n',
    );
    for (const name of onPosix ? await readdir(home) : []) {
      expect((await stat(join(home, name))).mode & 0o777).toBe(0o600);
    }
  });

  it('go when the endpoint closes', async () => {
    const home = await temporaryHome();
    await (await published(home, 'KEY')).withdraw();
    expect(await readdir(home)).toEqual([]);
  });

  it('P05 take the place of those of a killed program, which never takes them away again', async () => {
    const home = await temporaryHome();
    const killed = await published(home, 'OLD');
    await published(home, 'NEW');
    await killed.withdraw();
    expect(await readFile(join(home, 'endpoint.json'), 'utf8')).toContain('NEW');
    expect(await readFile(join(home, 'curlrc'), 'utf8')).toContain('NEW');
  });

  it.runIf(onPosix)('P04 replace a link that was put there first, and do not write through it', async () => {
    const home = await temporaryHome();
    const elsewhere = join(await temporaryHome(), 'stolen');
    await writeFile(elsewhere, 'before', { mode: 0o644 });
    for (const name of ['endpoint.json', 'curlrc']) await symlink(elsewhere, join(home, name));
    await published(home, 'KEY');
    expect(await readFile(elsewhere, 'utf8')).toBe('before');
    expect(await readFile(join(home, 'endpoint.json'), 'utf8')).toContain('KEY');
  });

  it.runIf(onPosix)('P04 replace a file that all may read, in place of writing into it', async () => {
    const home = await temporaryHome();
    for (const name of ['endpoint.json', 'curlrc']) await writeFile(join(home, name), 'old', { mode: 0o644 });
    await published(home, 'KEY');
    for (const name of await readdir(home)) expect((await stat(join(home, name))).mode & 0o777).toBe(0o600);
  });

  it('P04 are refused where a folder stands in their place, and neither is left', async () => {
    const home = await temporaryHome();
    await mkdir(join(home, 'endpoint.json'));
    expect(await publishDiscovery(home, discovery('KEY'))).toEqual({ ok: false, failure: 'not_a_file' });
    expect(await readdir(home)).toEqual(['endpoint.json']);
  });

  it('V02 are whole or not there at all', async () => {
    const home = await temporaryHome();
    const files = new FaultyFiles().failAt('write', 'ENOSPC');
    expect(await publishDiscovery(home, discovery('KEY'), files)).toEqual({
      ok: false,
      failure: 'disk_full',
    });
    expect(await readdir(home)).toEqual([]);
  });
});

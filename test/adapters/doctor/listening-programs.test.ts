import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectionsOn, listenersOn } from '../../../electron/adapters/doctor/listening-programs.ts';
import { parseLsof } from '../../../electron/adapters/doctor/lsof-listeners.ts';
import { parseNetstat, parseTasklist } from '../../../electron/adapters/doctor/netstat-listeners.ts';
import { tryPort } from '../../../electron/adapters/doctor/port-trial.ts';
import { procConnections, procListeners } from '../../../electron/adapters/doctor/proc-listeners.ts';
import { windowsProgram } from '../../../electron/contract/windows-program.ts';
import { closedPort, RawServer } from '../../support/raw-server.ts';
import { temporaryHome } from '../../support/temporary-home.ts';

const port = 7_145;

describe('a port of this computer', () => {
  it('P01 is held by the program that listens on it', async () => {
    await using server = await RawServer.start((socket) => socket.end());
    const listeners = await listenersOn(server.port);
    expect(listeners).toHaveLength(1);
    expect(listeners[0]).toMatchObject({ address: '127.0.0.1' });
    if (process.platform !== 'linux') return;
    expect(listeners[0]).toMatchObject({ pid: process.pid });
    expect(server.connections).toBe(0);
  });

  it('is held by nobody where nobody listens', async () => {
    expect(await listenersOn(await closedPort())).toEqual([]);
  });

  it('is tried by a connection where the system tells nothing', async () => {
    await using server = await RawServer.start((socket) => socket.end());
    const unknown = { address: '127.0.0.1', pid: null, program: null };
    expect(await listenersOn(server.port, 'plan9')).toEqual([unknown]);
    expect(await listenersOn(await closedPort(), 'plan9')).toEqual([]);
  });

  it('P02 is held at each of its addresses', async ({ skip }) => {
    await using server = await RawServer.start((socket) => socket.end());
    await using sixth = createServer();
    const listening = await new Promise<boolean>((resolve) => {
      sixth.once('error', () => resolve(false));
      sixth.listen({ host: '::1', port: server.port, ipv6Only: true }, () => resolve(true));
    });
    if (!listening || process.platform !== 'linux') return skip('no IPv6 here');
    const addresses = (await listenersOn(server.port)).map(({ address }) => address);
    expect(addresses.sort()).toEqual(['127.0.0.1', '::1']);
  });
});

describe('A6 a port on trial', () => {
  it('A6 is free, or another program’s that listens', async () => {
    await using server = await RawServer.start((socket) => socket.end());
    expect(await tryPort(server.port)).toBe('in_use');
    expect(await tryPort(await closedPort())).toBe('free');
    expect(server.connections).toBe(0);
  });

  it.skipIf(process.platform !== 'linux')(
    'A6 is in use by an outgoing connection, whose program is named',
    async () => {
      await using server = await RawServer.start(() => undefined);
      const socket = connect(server.port, '127.0.0.1');
      await once(socket, 'connect');
      const port = socket.localPort ?? 0;
      expect(await listenersOn(port)).toEqual([]);
      expect(await tryPort(port)).toBe('in_use');
      expect(await connectionsOn(port)).toEqual([
        { address: '127.0.0.1', pid: process.pid, program: basename(process.execPath) },
      ]);
      socket.destroy();
    },
  );
});

describe.skipIf(process.platform !== 'linux')('Linux: what /proc tells', () => {
  const head =
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
  const line = (local: string, state: string, inode: number) =>
    `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0 100 0\n`;

  it('is read address by address; who is another user’s stays unnamed', async () => {
    const proc = await temporaryHome();
    await mkdir(join(proc, 'net'));
    await writeFile(
      join(proc, 'net/tcp'),
      head +
        line('0100007F:1BE9', '0A', 11) +
        line('0100007F:1BE9', '06', 0) +
        line('0100007F:1BE9', '01', 12) +
        line('00000000:0050', '0A', 13),
    );
    await writeFile(
      join(proc, 'net/tcp6'),
      head +
        line('00000000000000000000000001000000:1BE9', '0A', 14) +
        line('00000000000000000000000000000000:1BE9', '0A', 15) +
        line('0000000000000000FFFF00000100007F:1BE9', '0A', 16),
    );
    await mkdir(join(proc, '4711/fd'), { recursive: true });
    await symlink('socket:[14]', join(proc, '4711/fd/3'));
    await symlink('/usr/sbin/nginx (deleted)', join(proc, '4711/exe'));
    await writeFile(join(proc, '4711/comm'), 'MainThread\n');
    const unnamed = { pid: null, program: null };
    expect(await procListeners(port, proc)).toEqual([
      { address: '127.0.0.1', ...unnamed },
      { address: '::1', pid: 4711, program: 'nginx' },
      { address: '::', ...unnamed },
      { address: '::ffff:7f00:1', ...unnamed },
    ]);
    expect(await procConnections(port, proc)).toEqual([{ address: '127.0.0.1', ...unnamed }]);
  });

  it('D4 names the program, never its main thread', async () => {
    await using server = await RawServer.start((socket) => socket.end());
    const [holder] = await listenersOn(server.port);
    expect(await readFile('/proc/self/comm', 'utf8')).not.toContain(basename(process.execPath));
    expect(holder?.program).toBe(basename(process.execPath));
  });

  it('D4 goes by the first word of the command where the program’s file is not told', async () => {
    const proc = await temporaryHome();
    await mkdir(join(proc, 'net'));
    await writeFile(join(proc, 'net/tcp'), head + line('0100007F:1BE9', '0A', 11));
    await mkdir(join(proc, '4711/fd'), { recursive: true });
    await symlink('socket:[11]', join(proc, '4711/fd/3'));
    await writeFile(join(proc, '4711/comm'), 'MainThread\n');
    await writeFile(join(proc, '4711/cmdline'), '/opt/anna/server\0--password\0secret\0');
    expect(await procListeners(port, proc)).toEqual([{ address: '127.0.0.1', pid: 4711, program: 'server' }]);
  });
});

describe('macOS: what lsof tells', () => {
  it('is read field by field', () => {
    const text =
      'p501\ncPython\nf3\nn127.0.0.1:7145\nf4\nn[::1]:7145\np777\ncnode\nf21\nn*:7145\nf22\nn*:8080\n';
    expect(parseLsof(text, port)).toEqual([
      { address: '127.0.0.1', pid: 501, program: 'Python' },
      { address: '::1', pid: 501, program: 'Python' },
      { address: '0.0.0.0', pid: 777, program: 'node' },
    ]);
    expect(parseLsof('', port)).toEqual([]);
  });
});

describe('Windows: what netstat and tasklist tell', () => {
  it('is read in any language', () => {
    const text = [
      'Aktive Verbindungen',
      '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
      '  TCP    127.0.0.1:7145        0.0.0.0:0              ABHÖREN          4242',
      '  TCP    127.0.0.1:7145        127.0.0.1:50123        HERGESTELLT      4242',
      '  TCP    [::1]:7145            [::]:0                 ABHÖREN          99',
      '  TCP    0.0.0.0:4714           0.0.0.0:0              ABHÖREN          7',
      '  UDP    0.0.0.0:7145          *:*                                     8',
    ].join('\r\n');
    expect(parseNetstat(text, port)).toEqual([
      { address: '127.0.0.1', pid: 4242 },
      { address: '::1', pid: 99 },
    ]);
  });

  it.skipIf(process.platform === 'win32')(
    'W4 starts the programs of System32, and none by its name',
    async () => {
      const folder = await temporaryHome();
      const free = await closedPort();
      for (const name of ['netstat', 'tasklist']) {
        const planted = `#!/bin/sh\necho "  TCP    127.0.0.1:${free}  0.0.0.0:0  LISTENING  1"\n`;
        await writeFile(join(folder, name), planted, { mode: 0o755 });
      }
      const { PATH } = process.env;
      process.env['PATH'] = `${folder}:${PATH ?? ''}`;
      onTestFinished(() => {
        process.env['PATH'] = PATH;
      });
      expect(await listenersOn(free, 'win32')).toEqual([]);
    },
  );

  it('W4 takes System32 from the system, wherever Windows is', () => {
    expect(windowsProgram('netstat.exe', { SystemRoot: 'D:\\WinNT' })).toBe(
      'D:\\WinNT\\System32\\netstat.exe',
    );
    expect(windowsProgram('netstat.exe', {})).toBe('C:\\Windows\\System32\\netstat.exe');
  });

  it('names the program, or says that it is gone', () => {
    expect(parseTasklist('"node.exe","4242","Console","1","50.000 K"\r\n')).toBe('node.exe');
    expect(parseTasklist('INFO: No tasks are running which match the specified criteria.\r\n')).toBeNull();
  });
});

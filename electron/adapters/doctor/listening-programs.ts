import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { childEnvironment } from '../../contract/child-environment.ts';
import { windowsProgram } from '../../contract/windows-program.ts';
import type { Listener } from './listener.ts';
import { parseLsof } from './lsof-listeners.ts';
import { parseNetstat, parseTasklist } from './netstat-listeners.ts';
import { procConnections, procListeners } from './proc-listeners.ts';

/**
 * Who listens on a port of this computer, at any of its addresses, as far as the system tells this user: by /proc on
 * Linux, `lsof` on macOS, `netstat` of System32 on Windows. Where it tells nothing, 127.0.0.1 is tried by connecting to it.
 */
export async function listenersOn(
  port: number,
  platform: string = process.platform,
): Promise<readonly Listener[]> {
  try {
    if (platform === 'linux') return await procListeners(port);
    if (platform === 'darwin') {
      return parseLsof(await output('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpcn']), port);
    }
    if (platform === 'win32') return await windowsListeners(port);
  } catch {
    // The system has no such source; then only what a connection tells is known.
  }
  return (await accepts(port)) ? [{ address: '127.0.0.1', pid: null, program: null }] : [];
}

/**
 * Who keeps a port of 127.0.0.1 from being bound though nothing listens there: a connection has it as its own. Known on
 * Linux alone, whose default range for outgoing connections begins at 32768.
 */
export async function connectionsOn(
  port: number,
  platform: string = process.platform,
): Promise<readonly Listener[]> {
  return platform === 'linux' ? procConnections(port).catch(() => []) : [];
}

async function windowsListeners(port: number): Promise<readonly Listener[]> {
  const found = parseNetstat(await output(windowsProgram('netstat.exe', process.env), ['-ano']), port);
  return Promise.all(
    found.map(async ({ address, pid }) => {
      const listed = await output(windowsProgram('tasklist.exe', process.env), [
        '/FI',
        `PID eq ${pid}`,
        '/FO',
        'CSV',
        '/NH',
      ]).catch(() => '');
      return { address, pid, program: parseTasklist(listed) };
    }),
  );
}

async function output(program: string, args: readonly string[]): Promise<string> {
  try {
    const env = childEnvironment(process.env);
    return (await promisify(execFile)(program, args, { timeout: 5_000, windowsHide: true, env })).stdout;
  } catch (error) {
    // lsof finds nothing: it says nothing and exits 1.
    if (error instanceof Error && 'code' in error && error.code === 1) return '';
    throw error;
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('connect', () => {
      resolve(true);
      socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(false));
  });
}

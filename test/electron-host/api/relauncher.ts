import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RelaunchOptions } from 'electron';
import { nextEnvironment } from '../control/settings.ts';

const register = fileURLToPath(new URL('../register.mjs', import.meta.url));

/**
 * Waits for the end of its parent, which its standard input tells, then starts what its arguments say, in a group of its
 * own and with its output thrown away.
 */
const wait = `
  const { spawn } = require('node:child_process');
  const [file, ...args] = process.argv.slice(1);
  process.stdin.resume().on('end', () => spawn(file, args, { detached: true, stdio: 'ignore' }).unref());`;

/**
 * `app.relaunch`: a helper process starts the app again after this one has ended, however it ends
 * (shell/browser/relauncher.cc, relauncher_linux.cc). Without options by the same command line; with `execPath` alone
 * the program gets no arguments, with `args` those alone (shell/browser/api/electron_api_app.cc).
 */
export function relaunch(options: RelaunchOptions = {}): void {
  const { execPath, args } = options;
  const bare = execPath === undefined && args === undefined;
  const program = execPath ?? process.execPath;
  // Node's own arguments are no part of the app's, which Electron would pass on.
  const own = program === process.execPath ? ['--import', register] : [];
  const command = [program, ...own, ...(bare ? process.argv.slice(1) : (args ?? []))];
  spawn(process.execPath, ['-e', wait, '--', ...command], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: nextEnvironment(),
  }).unref();
}

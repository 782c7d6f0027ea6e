import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { request } from '../../electron/cli/connection.ts';
import type { StatusAnswer } from '../../electron/contract/wire.ts';
import { startAuthService } from '../auth-service/auth-service.ts';
import { browserExecutable } from '../support/browser.ts';
import { electronFolder } from '../support/electron-folder.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { patienceMs } from '../support/terminal.ts';
import { call } from '../support/token-tray-process.ts';

const patience = { timeout: patienceMs };
const root = join(import.meta.dirname, '../..');

/** A script of this project as npm runs it, on a computer with a screen. */
async function onDesktop(script: string, args: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [join(root, 'scripts', script), ...args], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOME: '/nonexistent',
      DISPLAY: ':0',
      ELECTRON_OVERRIDE_DIST_PATH: await electronFolder(),
      ...env,
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  }
  // By its own signal, so that it ends what it has started, also after a test that failed.
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) await ended(child);
  });
  return { child, said: () => said };
}

async function statusIn(home: string): Promise<string> {
  const asked = await request(home, 'GET', '/v1/status');
  return asked.ok ? (JSON.parse(asked.value.body) as StatusAnswer).state : 'not running';
}

async function ended(child: ChildProcess): Promise<number | null> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
  return child.exitCode;
}

// Linux alone tells the environment of a process.
describe.skipIf(browserExecutable() === null || process.platform !== 'linux')('on a desktop', () => {
  it('T22 npm start runs the tray app, also in an editor’s terminal, and ends it when it is ended itself', async () => {
    await using service = await startAuthService();
    const home = await temporaryHome();
    const { child, said } = await onDesktop('start.mjs', ['--api', service.url], {
      TOKEN_TRAY_HOME: home,
      ELECTRON_RUN_AS_NODE: '1',
    });
    await expect.poll(() => statusIn(home), patience).toBe('signed_out');
    expect(await ended(child)).toBe(0);
    expect(said()).not.toContain('headless');
    expect(await statusIn(home)).toBe('not running');
  });

  it('npm run demo shows the password, waits for the person, and goes on as a tool', async () => {
    const { child, said } = await onDesktop('demo.mjs', [], {});
    await expect.poll(said, patience).toContain('the password is  correct horse');
    const home = await demoHome(said, child);
    await expect.poll(() => statusIn(home), patience).toBe('signed_out');
    // The person signs in; here by the command, which the app takes as well.
    const login = ['login', '--home', home, '--username', 'demo@example.com', '--password-stdin'];
    expect(await call(login, 'correct horse')).toMatchObject({ exitCode: 0 });
    await expect.poll(said, patience).toContain('order-list: 200');
    await expect.poll(said, patience).toContain('1 login and 0 refreshes');
    expect(await ended(child)).toBe(0);
    await expect(readFile(join(home, 'endpoint.json'))).rejects.toThrow('ENOENT');
  });
});

/** The demo's home is nobody's business before it is done; the app's environment tells it. */
async function demoHome(said: () => string, child: ChildProcess): Promise<string> {
  const children = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
  for (const pid of children.trim().split(' ')) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
    const home = /(?:^|\0)TOKEN_TRAY_HOME=([^\0]+)/.exec(environment)?.[1];
    if (home !== undefined) return home;
  }
  throw new Error(`The demo has no home: ${said()}`);
}

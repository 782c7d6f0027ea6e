import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EndpointFile, LoginRequest } from '../../electron/contract/wire.ts';
import { startAuthService } from '../auth-service/auth-service.ts';
import { ratioText, type Bench } from './bench.ts';
import { inTurn, median, ratioOf } from './rounds.ts';
import { builtProgram } from './servers.ts';
import { temporaryFolder } from './temporary-folder.ts';

const rounds = 15;
const root = join(import.meta.dirname, '../..');
const credentials: LoginRequest = { username: 'demo@example.com', password: 'correct horse' };

/** What a computer pays at its start until tools are served: the agent, and the tray app's main process. */
export const coldStart: Bench = {
  name: 'cold-start',
  title: 'From the start of the program to a served token',
  async run() {
    await using stack = new AsyncDisposableStack();
    const service = stack.use(await startAuthService());
    const standIn = ['--import', join(root, 'test/electron-host/register.mjs')];
    const starts = {
      agent: [builtProgram, 'agent', '--port', '0'],
      'main process': [...standIn, join(root, 'out/main/main.js'), '--hidden', '--port', '0'],
    };
    const folder = temporaryFolder(stack);
    const home = () => mkdtempSync(join(folder, 'home-'));
    const subjects = {
      agent: () => start(starts.agent, service.url, home()),
      'main process': () => start(starts['main process'], service.url, home()),
    };
    await inTurn(2, subjects);
    const readings = await inTurn(rounds, subjects);
    return {
      about: [
        'Wall time: a process starts, signs in by POST /v1/login, and hands a token out; sessions in memory.',
        'The main process runs by Node with the tests’ stand-in for Electron, whose own loading is in the figure.',
        `${rounds} rounds, in turn.`,
      ],
      head: ['', 'ms', '÷ agent'],
      rows: Object.entries(readings).map(([name, values]) => [
        name,
        median(values).toFixed(0),
        ratioText(ratioOf(values, readings.agent)),
      ]),
    };
  },
};

/** Milliseconds from the start of a program in an empty home to a token that it hands out; then it is ended. */
async function start(args: readonly string[], service: string, home: string): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, [...args], {
    env: {
      HOME: home,
      PATH: process.env['PATH'],
      TOKEN_TRAY_HOME: home,
      TOKEN_TRAY_API: service,
      TOKEN_TRAY_KEY_STORE: 'memory',
      ELECTRON_HOST_SETTINGS: JSON.stringify({ trayHost: true }),
    },
    stdio: 'ignore',
  });
  try {
    await token(child, join(home, 'endpoint.json'));
    return performance.now() - began;
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
}

async function token(child: ChildProcess, endpointFile: string): Promise<void> {
  while (!existsSync(endpointFile)) {
    if (child.exitCode !== null) throw new Error(`The program ended with ${child.exitCode}.`);
    await delay(2);
  }
  const { url, key } = JSON.parse(await readFile(endpointFile, 'utf8')) as EndpointFile;
  const headers = { authorization: `Bearer ${key}` };
  const signedIn = await fetch(`${url}/v1/login`, {
    method: 'POST',
    headers,
    body: JSON.stringify(credentials),
  });
  const answer = await fetch(`${url}/v1/token`, { headers });
  if (!signedIn.ok || !answer.ok) throw new Error(`No token: ${signedIn.status}, ${answer.status}.`);
}

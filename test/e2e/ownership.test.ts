import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { acquireOwnerLock } from '../../electron/adapters/owner-lock.ts';
import { defaultPort } from '../../electron/contract/default-port.ts';
import type { EndpointFile } from '../../electron/contract/wire.ts';
import { startAuthService } from '../auth-service/auth-service.ts';
import { ProcessMark } from '../support/marked-processes.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { patienceMs } from '../support/terminal.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, call, program } from '../support/token-tray-process.ts';

const hasNoCurl = spawnSync('curl', ['--version'], { stdio: 'ignore' }).status !== 0;
const patience = { timeout: patienceMs };
const onLinux = process.platform === 'linux';
const signIn = ['--username', 'demo@example.com'];
const password = 'correct horse';
const memory = { TOKEN_TRAY_KEY_STORE: 'memory' };

/** One that is signed out, for the tests that need no other. */
let agent: AgentProcess;

beforeAll(async () => {
  agent = await AgentProcess.start({ home: await mkdtemp(join(tmpdir(), 'token-tray-')), env: memory });
});

afterAll(async () => {
  await agent.end('SIGKILL');
  await rm(agent.home, { recursive: true });
});

describe('one home', () => {
  it('V13 for three agents that start at the same moment: one serves, the others say which and exit 1', async () => {
    await using service = await startAuthService();
    const home = await temporaryHome();
    const start = () => AgentProcess.start({ home, args: ['--api', service.url, ...signIn], password });
    const starts = await Promise.allSettled([start(), start(), start()]);
    const [winner, ...others] = starts.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(others).toEqual([]);
    const losers = starts.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
    for (const said of losers) {
      expect(said).toContain('ended (1)');
      expect(said).toContain(`(process ${String(winner?.pid)})`);
    }
    expect(service.stats().logins).toBe(1);
    const token = await winner?.token();
    await winner?.end();
    // No second key was made: the vault that the winner wrote opens.
    await using again = await AgentProcess.start({ home, args: ['--api', service.url] });
    expect(await again.token()).toBe(token);
    expect(service.stats()).toMatchObject({ logins: 1, refreshes: 0 });
  });

  it.runIf(onLinux)(
    'P05 P07 V14 is free although its killed agent is still a zombie, whose id answers and whose port is closed',
    async () => {
      const home = await temporaryHome();
      // `sleep` takes the place of the shell, and asks after no child.
      const forgetful = ['-c', '"$@" & exec sleep 600', 'sh', process.execPath, program];
      const args = [...forgetful, 'agent', '--home', home, '--port', '0'];
      const env = { PATH: process.env['PATH'], TOKEN_TRAY_KEY_STORE: 'memory' };
      const parent = spawn('sh', args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
      onTestFinished(() => void parent.kill('SIGKILL'));
      await once(parent.stdout, 'data');
      const file = JSON.parse(readFileSync(join(home, 'endpoint.json'), 'utf8')) as EndpointFile;
      const { pid } = file;
      process.kill(pid, 'SIGKILL');
      await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), patience).toContain(' Z ');
      expect(process.kill(pid, 0)).toBe(true);
      // Other threads of the process may outlive its first one by a moment.
      const refusal = () => RawConnection.open(Number(new URL(file.url).port)).then(String, String);
      await expect.poll(refusal, patience).toContain('ECONNREFUSED');
      expect((await call(['token', '--home', home])).exitCode).toBe(4);
      await using next = await AgentProcess.start({ home, env: memory });
      expect(next.endpoint()).toMatchObject({ pid: next.pid, url: next.url });
    },
  );
});

describe('the port', () => {
  it('P01 by default is a free one where the default port is taken, and file and status say which', async () => {
    const squatter = createServer();
    // Another program of this computer may hold it already: that serves as well.
    const taken = Promise.race(
      ['listening', 'error'].map((event) => new Promise((resolve) => squatter.once(event, resolve))),
    );
    squatter.listen(defaultPort, '127.0.0.1');
    await taken;
    onTestFinished(() => void squatter.close());
    await using other = await AgentProcess.start({ home: await temporaryHome(), port: null, env: memory });
    expect(new URL(other.url).port).not.toBe(String(defaultPort));
    await expectAddress(other);
  });

  it('P02 of ::1 may be another program’s: the literal 127.0.0.1 is published, and nothing goes there', async () => {
    let heard = '';
    const squatter = createServer((socket) => socket.on('data', (chunk) => (heard += chunk.toString())));
    squatter.on('error', () => undefined).listen(Number(new URL(agent.url).port), '::1');
    onTestFinished(() => void squatter.close());
    await expectAddress(agent);
    expect((await call(['status', '--home', agent.home])).stdout).toContain('Signed out');
    expect(heard).toBe('');
  });

  it.skipIf(hasNoCurl)(
    `is found by curl through curlrc alone${hasNoCurl ? ' (needs curl)' : ''}`,
    async () => {
      const args = ['-s', '--noproxy', '*', '-K', join(agent.home, 'curlrc'), `${agent.url}/v1/status`];
      const { stdout } = await promisify(execFile)('curl', args);
      expect(JSON.parse(stdout)).toMatchObject({ state: 'signed_out', endpoint: { url: agent.url } });
    },
  );

  it.runIf(onLinux)('E41 is bound to 127.0.0.1 alone, as the system tells', async () => {
    const port = Number(new URL(agent.url).port).toString(16).toUpperCase().padStart(4, '0');
    const listeners = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
      [...readFileSync(table, 'utf8').matchAll(/^ *\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ 0A /gm)]
        .filter(([, , its]) => its === port)
        .map(([, address]) => address),
    );
    expect(listeners).toEqual(['0100007F']);
  });
});

describe('A7 what an owner is found by, once it is removed', () => {
  it('A7 is made again at once, and calls find it as before', async () => {
    const before = agent.endpoint();
    const names = ['endpoint.json', 'curlrc', ...(before.socket === null ? [] : ['endpoint.sock'])];
    for (const name of names) rmSync(join(agent.home, name));
    for (const name of names)
      await expect.poll(() => existsSync(join(agent.home, name)), patience).toBe(true);
    expect(agent.endpoint()).toEqual(before);
    expect((await call(['status', '--home', agent.home])).stdout).toContain('Signed out');
  });
});

describe('D3 a call that does not find the files of an owner', () => {
  /** A home whose lock this process has, as one that is starting or whose files cannot be written. */
  async function takenHome(): Promise<string> {
    const home = await temporaryHome();
    const lock = await acquireOwnerLock(home, { wallNow: () => 0 });
    if (!lock.ok) throw new Error(lock.failure.code);
    onTestFinished(() => lock.value.release());
    return home;
  }

  it.each([['status'], ['token'], ['exec', '--serve', '--', 'true']])(
    'D3 %s names the process and the missing file, and does not say that nothing runs',
    async (...args) => {
      const home = await takenHome();
      const { exitCode, stderr } = await call(args.toSpliced(1, 0, '--home', home));
      expect(stderr).toContain(
        `Token Tray runs (process ${process.pid}), but endpoint.json is missing in ${home}.`,
      );
      expect(exitCode).toBe(1);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'D3 goes by the port where the socket is missing, if the owner holds it',
    async () => {
      const home = await takenHome();
      await using endpoint = await TestEndpoint.start();
      const file = {
        version: 1,
        url: endpoint.running.url,
        socket: join(home, 'endpoint.sock'),
        key: endpoint.key,
      };
      writeFileSync(join(home, 'endpoint.json'), JSON.stringify(file));
      expect(await call(['status', '--home', home])).toMatchObject({ exitCode: 0, stderr: '' });
    },
  );

  it.skipIf(process.platform === 'win32')(
    'D3 shows no key to a port that another process holds',
    async () => {
      const home = await takenHome();
      // Nothing of this process: a port that was the owner’s before a crash, and is another’s now.
      const file = { ...agent.endpoint(), socket: join(home, 'endpoint.sock') };
      writeFileSync(join(home, 'endpoint.json'), JSON.stringify(file));
      const { exitCode, stderr } = await call(['status', '--home', home]);
      expect(stderr).toContain(`Token Tray runs (process ${process.pid}), but endpoint.sock is missing`);
      expect(exitCode).toBe(1);
    },
  );
});

describe('the end of an agent', () => {
  it('P07 by SIGTERM closes its port, and A7 removes what it was found by', async () => {
    expect(await agent.end()).toBe(0);
    const names = ['endpoint.json', 'curlrc', 'endpoint.sock'];
    expect(readdirSync(agent.home).filter((name) => names.includes(name))).toEqual([]);
    await expect(RawConnection.open(Number(new URL(agent.url).port))).rejects.toThrow('ECONNREFUSED');
  });

  it.runIf(onLinux)('P07 leaves no helper behind, not even one that waits for the key store', async () => {
    const home = await temporaryHome();
    // A key store that takes every call and answers none.
    const bus = createServer().listen(join(home, 'bus'));
    await once(bus, 'listening');
    onTestFinished(() => void bus.close());
    const mark = new ProcessMark();
    onTestFinished(() => mark.end());
    const env = {
      PATH: process.env['PATH'],
      DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(home, 'bus')}`,
      ...mark.env,
    };
    const folder = await temporaryHome();
    const agent = spawn(process.execPath, [program, 'agent', '--home', folder, '--port', '0'], { env });
    await expect.poll(() => mark.processes().length, patience).toBe(2);
    agent.kill('SIGKILL');
    await expect.poll(() => mark.processes(), patience).toEqual([]);
  });
});

/** All that names the address says the same, literal one. */
async function expectAddress(agent: AgentProcess): Promise<void> {
  expect(agent.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(agent.endpoint().url).toBe(agent.url);
  expect(readFileSync(join(agent.home, 'curlrc'), 'utf8')).toContain(`# ${agent.url}\n`);
  const status = (await (await agent.fetch('/v1/status')).json()) as { endpoint: { url: string } };
  expect(status.endpoint.url).toBe(agent.url);
}

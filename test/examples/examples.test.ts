import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { python } from '../support/python.ts';
import { RawConnection, requestBytes, statusOf } from '../support/raw-connection.ts';
import { AgentProcess, call } from '../support/token-tray-process.ts';

const folder = join(import.meta.dirname, '../../examples');

/** What runs each example, and a look at whether that is here with the library that it is for. */
const runtimes: Readonly<Record<string, { readonly command: string; readonly look: readonly string[] }>> = {
  'curl.sh': { command: 'sh', look: ['-c', 'curl --version'] },
  'node-fetch.mjs': { command: process.execPath, look: ['--version'] },
  'node-openid-client.mjs': { command: process.execPath, look: ['--version'] },
  'node-simple-oauth2.mjs': { command: process.execPath, look: ['--version'] },
  'php.php': { command: 'php', look: ['--version'] },
  'powershell.ps1': { command: 'pwsh', look: ['-Version'] },
  'python-authlib.py': { command: python, look: ['-c', 'import authlib, requests'] },
  'python-requests-oauthlib.py': { command: python, look: ['-c', 'import requests_oauthlib'] },
  'python-requests.py': { command: python, look: ['-c', 'import requests'] },
};

function runs(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Those that no program runs here; each has a test of its own below. */
const others = ['README.md', 'container', 'excel-power-query.pq'];
const examples = readdirSync(folder).filter((name) => !others.includes(name));
const here = examples.filter((name) => {
  const runtime = runtimes[name];
  return runtime === undefined || runs(runtime.command, runtime.look);
});

let service: AuthService;
let agent: AgentProcess;
let home: string;
let key: string;

beforeAll(async () => {
  const demo = 'demo@example.com';
  service = await startAuthService();
  home = await mkdtemp(join(tmpdir(), 'token-tray-'));
  agent = await AgentProcess.start({
    home,
    args: ['--api', service.url, '--username', demo],
    password: 'correct horse',
    env: { TOKEN_TRAY_KEY_STORE: 'memory' },
  });
  key = (await call(['tools', 'add', 'an-example', '--home', home])).stdout.trim();
});

afterAll(async () => {
  await agent.end();
  await service.close();
  await rm(home, { recursive: true, force: true });
});

/** What a program says, to its end. */
async function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn(command, args, { env });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { stdout: stdout.trim(), stderr };
}

describe('an example, run as it stands', () => {
  it.each(here)('%s calls the service with the current token, and costs no new one', async (name) => {
    const before = service.stats();
    const env = {
      PATH: process.env['PATH'],
      TOKEN_TRAY_URL: agent.url,
      TOKEN_TRAY_NAME: 'an-example',
      TOKEN_TRAY_KEY: key,
      API_URL: `${service.url}/allocation/api/v1/tracking/order-list`,
    };
    const command = runtimes[name]?.command ?? 'no runtime is named for it';
    expect(await run(command, [join(folder, name)], env)).toEqual({ stdout: '200', stderr: '' });
    expect(service.stats()).toEqual(before);
  });

  it.skip.each(examples.filter((name) => !here.includes(name)))(
    '%s: its runtime is not here',
    () => undefined,
  );
});

describe('the example for a container', () => {
  it.runIf(runs('curl', ['--version']))('runs what it runs in the container, by the socket', async () => {
    const before = service.stats();
    const keyFile = join(home, 'token-tray-key');
    await writeFile(keyFile, `${key}\n`);
    const env = {
      PATH: process.env['PATH'],
      TOKEN_TRAY_SOCKET: join(home, 'endpoint.sock'),
      TOKEN_TRAY_KEY_FILE: keyFile,
      API_URL: `${service.url}/allocation/api/v1/tracking/order-list`,
    };
    const job = join(folder, 'container/job.sh');
    expect(await run('sh', [job], env)).toEqual({ stdout: '200', stderr: '' });
    expect(service.stats()).toEqual(before);
  });
});

describe('the example for PowerShell', () => {
  const script = readFileSync(join(folder, 'powershell.ps1'), 'utf8');
  const [, route = ''] = /-Uri "\$env:TOKEN_TRAY_URL(\S+)"/.exec(script) ?? [];
  const [, scheme = ''] = /Authorization = "(\w+) \$env:TOKEN_TRAY_KEY"/.exec(script) ?? [];
  const system = 'Mozilla/5.0 (Windows NT 10.0; Microsoft Windows 10.0.22631; en-US)';
  /** What Invoke-RestMethod makes of the script, modelled on each version; no PowerShell is on most machines of the tests. */
  const requests = {
    '5.1': (host: string) => [
      `GET ${route} HTTP/1.1`,
      `Authorization: ${scheme} ${key}`,
      'User-Agent: Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.22621.4391',
      `Host: ${host}`,
      'Connection: Keep-Alive',
    ],
    '7': (host: string) => [
      `GET ${route} HTTP/1.1`,
      `Host: ${host}`,
      `User-Agent: ${system} PowerShell/7.4.6`,
      'Accept-Encoding: gzip, deflate, br',
      `Authorization: ${scheme} ${key}`,
    ],
  } as const;

  it.each(['5.1', '7'] as const)(
    'gets the token by the request that PowerShell %s makes of it',
    async (version) => {
      const { host, port } = new URL(agent.url);
      using connection = await RawConnection.open(Number(port));
      const [line = '', ...lines] = requests[version](host);
      connection.send(requestBytes(line, ...lines));
      await connection.until(() => connection.received.endsWith('}'));
      expect(statusOf(connection.received)).toBe(200);
      expect(connection.received).toContain(`"access_token":"${await agent.token()}"`);
    },
  );
});

describe('the example for Excel', () => {
  it('asks the proxy in a way that is answered, by a key that never gets a token', async () => {
    const query = await readFile(join(folder, 'excel-power-query.pq'), 'utf8');
    const [, path = ''] = /RelativePath = "([^"]+)"/.exec(query) ?? [];
    expect(query).toContain('Authorization = "Bearer " & Key');
    const added = await call(['tools', 'add', 'excel', '--proxy-only', '--home', home]);
    const headers = { authorization: `Bearer ${added.stdout.trim()}`, accept: 'application/json' };
    expect((await fetch(`${agent.url}/${path}`, { headers })).status).toBe(200);
    expect((await fetch(`${agent.url}/v1/token`, { headers })).status).toBe(403);
  });
});

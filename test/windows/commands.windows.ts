import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../electron/cli/commands.ts';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, call } from '../support/token-tray-process.ts';

const shared = new AsyncDisposableStack();
const demo = 'demo@example.com';
const password = 'correct horse';
let service: AuthService;
let agent: AgentProcess;

beforeAll(async () => {
  service = shared.use(await startAuthService());
  agent = shared.use(
    await AgentProcess.start({
      home: await temporaryHome(shared),
      args: ['--api', service.url, '--username', demo],
      password,
    }),
  );
});
afterAll(() => shared.disposeAsync());

interface Expected {
  readonly exitCode?: number;
  readonly stdout?: RegExp;
  readonly stderr?: RegExp;
  readonly input?: string;
}

/** In this order: a call may depend on one before it. `agent` and `exec` have tests of their own. */
const calls: readonly (readonly [string, Expected])[] = [
  ['status', { stdout: /^Signed in\./ }],
  ['status --json', { stdout: /"state":"active"/ }],
  ['token', { stdout: /^\S+\r?\n$/ }],
  ['token --min-ttl 60 --json', { stdout: /"access_token":"/ }],
  ['token --min-ttl abc', { exitCode: 2, stderr: /--min-ttl/ }],
  ['header', { stdout: /^Authorization: Bearer \S+\n$/ }],
  ['header --curl', { stdout: /^header = "Authorization: Bearer \S+"\n$/ }],
  ['accounts', { stdout: /demo@example\.com/ }],
  [`accounts default ${demo}`, { stderr: /demo@example\.com/ }],
  ['activity', { stdout: /\d/ }],
  ['activity --since 7d --json', { stdout: /^\{/ }],
  ['snippet python', { stdout: /LOCALAPPDATA|token-tray-/ }],
  ['snippet node', { stdout: /endpoint\.json/ }],
  ['snippet php', { stdout: /endpoint\.json/ }],
  ['snippet powershell', { stdout: /endpoint\.json/ }],
  ['snippet curl', { stdout: /endpoint\.json/ }],
  ['tools add wiki', { stdout: /^\S{20,}\n$/ }],
  ['tools', { stdout: /wiki/ }],
  ['tools --json', { stdout: /"wiki"/ }],
  ['tools revoke wiki', { exitCode: 0 }],
  ['pause 1h', { stderr: /./ }],
  ['token', { exitCode: 5, stderr: /./ }],
  ['resume', { exitCode: 0 }],
  ['renew', { stdout: /^\S+\n$/ }],
  ['renew --rejected-stdin', { stdout: /^\S+\n$/, input: 'a token of yesterday\r\n' }],
  ['login', { stderr: /already/ }],
  [`login --username ${demo} --password-stdin`, { input: `${password}\r\n`, stderr: /./ }],
  ['doctor', { stdout: /./ }],
  ['doctor --json', { stdout: /^\{"findings":/ }],
  ['logout', { exitCode: 0 }],
  ['token', { exitCode: 3, stderr: /./ }],
  ['no-such-command', { exitCode: 2, stderr: /./ }],
  ['stop', { stderr: /^Token Tray has stopped\.\n$/ }],
  ['status', { exitCode: 4, stderr: /not running/ }],
];

// Each call is a start of Node.js, which takes seconds under Wine.
describe('each command on Windows', { timeout: 400_000 }, () => {
  it('is called below', () => {
    const elsewhere = ['agent', 'exec'];
    const isCalled = (name: string) => calls.some(([line]) => `${line} `.startsWith(`${name} `));
    expect(Object.keys(commands).filter((name) => !isCalled(name) && !elsewhere.includes(name))).toEqual([]);
  });

  it('has a help', async () => {
    for (const name of ['', ...Object.keys(commands)]) {
      const { exitCode, stdout } = await call(name === '' ? ['--help'] : [name, '--help']);
      expect([name, exitCode, stdout.includes('Usage: token-tray')]).toEqual([name, 0, true]);
    }
  });

  it('answers, with its exit code', async () => {
    for (const [line, { exitCode = 0, stdout, stderr, input = '' }] of calls) {
      const [name = '', ...rest] = line.split(' ');
      const said = await call([name, ...rest, '--home', agent.home], input);
      expect([line, said.exitCode], said.stderr).toEqual([line, exitCode]);
      if (stdout) expect(said.stdout, line).toMatch(stdout);
      if (stderr) expect(said.stderr, line).toMatch(stderr);
    }
  });
});

describe('the script that npm and npx start on Windows', () => {
  it('W2 is a .cmd that the shell runs, with the exit code', async () => {
    const folder = await temporaryHome();
    const script = join(folder, 'token-tray.cmd');
    const program = join(import.meta.dirname, '../../out/cli/token-tray.cjs');
    writeFileSync(script, `@"${process.execPath}" "${program}" %*\r\n`);
    const run = (...args: readonly string[]) =>
      spawnSync('cmd.exe', ['/d', '/s', '/c', `"${[`"${script}"`, ...args].join(' ')}"`], {
        encoding: 'utf8',
        windowsVerbatimArguments: true,
      });
    expect(run('--version')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
    });
    expect(run('status', '--home', `"${join(folder, 'no home')}"`).status).toBe(4);
  });
});

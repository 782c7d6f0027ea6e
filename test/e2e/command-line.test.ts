import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { commands } from '../../electron/cli/commands.ts';
import type { ActivityAnswer, StatusAnswer, ToolsAnswer } from '../../electron/contract/wire.ts';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { loginPath, refreshPath } from '../auth-service/routes.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { patienceMs } from '../support/terminal.ts';
import { AgentProcess, call, program, type CallResult } from '../support/token-tray-process.ts';

const anna = 'anna@warehouse.example';
const ben = 'ben@warehouse.example';
/** Known to the service, signed in by the tests that need an account whose budget is whole. */
const dora = 'dora@warehouse.example';
const password = 'correct horse';
const patience = { timeout: patienceMs };
const memory = { TOKEN_TRAY_KEY_STORE: 'memory' };

// One service and one agent with two accounts for all: a start of each costs more than all these calls.
let service: AuthService;
let agent: AgentProcess;

beforeAll(async () => {
  service = await startAuthService({ users: { [anna]: password, [ben]: password, [dora]: password } });
  const home = await mkdtemp(join(tmpdir(), 'token-tray-'));
  const args = ['--api', service.url, '--username', anna];
  agent = await AgentProcess.start({ home, args, password, env: memory });
  await tray(['login', '--username', ben, '--password-stdin'], password);
});

afterAll(async () => {
  await agent.end();
  await rm(agent.home, { recursive: true });
  await service.close();
});

/** A call of the command line for the agent of these tests. */
function tray(args: readonly string[], input = '', env: Readonly<Record<string, string>> = {}) {
  return call(args, input, { TOKEN_TRAY_HOME: agent.home, ...env });
}

/** One that is not waited for. */
function trayStarted(args: readonly string[]) {
  const env = { PATH: process.env['PATH'], TOKEN_TRAY_HOME: agent.home };
  return spawn(process.execPath, [program, ...args], { env });
}

/** A call that does what it is asked: exit 0. */
async function answerOf(args: readonly string[], input = ''): Promise<CallResult> {
  const result = await tray(args, input);
  expect(result, result.stderr).toMatchObject({ exitCode: 0 });
  return result;
}

/** A Node program as the words of a command. */
function node(source: string): string[] {
  return [process.execPath, '-e', source];
}

describe('renew', () => {
  it('leaves a brand-new token alone, and one that was replaced costs nothing', async () => {
    const token = await agent.token();
    const before = service.received(refreshPath);
    const young = await answerOf(['renew']);
    expect(young.stdout).toBe(`${token}\n`);
    expect(young.stderr).toContain('so it was not renewed');
    expect((await answerOf(['renew', '--rejected-stdin'], 'an-older-token\n')).stdout).toBe(`${token}\n`);
    expect(service.received(refreshPath)).toBe(before);
  });

  it('prints a new one for the current one', async () => {
    const token = await agent.token();
    const { stdout } = await answerOf(['renew', '--rejected-stdin'], `${token}\n`);
    expect(stdout.trim()).not.toBe(token);
    expect(stdout.trim()).toBe(await agent.token());
  });

  it('is wrong usage with nothing on standard input, or another account’s token', async () => {
    expect(await tray(['renew', '--rejected-stdin'], '\n')).toMatchObject({ exitCode: 2, stdout: '' });
    const other = (await answerOf(['token', '--account', ben])).stdout;
    expect(await tray(['renew', '--rejected-stdin'], other)).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

describe('exec', () => {
  it('runs the command with the token in its environment and in no argument', async () => {
    const show = node('console.log(process.env.TOKEN_TRAY_ACCESS_TOKEN, process.argv.length)');
    const token = await agent.token();
    expect(await tray(['exec', '--', ...show])).toEqual({ exitCode: 0, stdout: `${token} 1\n`, stderr: '' });
    const { stdout } = await tray([
      'exec',
      '--env',
      'API_TOKEN',
      '--account',
      ben,
      '--',
      'sh',
      '-c',
      'echo $API_TOKEN',
    ]);
    expect(stdout.trim()).toBe((await answerOf(['token', '--account', ben])).stdout.trim());
  });

  it('hands its standard input on, and ends with the command’s own exit status', async () => {
    expect(await tray(['exec', '--', 'sh', '-c', 'cat; exit 7'], 'orders')).toEqual({
      exitCode: 7,
      stdout: 'orders',
      stderr: '',
    });
  });

  it('passes signals on', async () => {
    const signals = ['INT', 'HUP', 'QUIT', 'USR1', 'USR2'] as const;
    const traps = signals.map((name) => `trap "echo got-${name}" ${name}`).join('; ');
    const script = `${traps}; trap "exit 42" TERM; echo up; while :; do sleep 0.1; done`;
    const child = trayStarted(['exec', '--', 'sh', '-c', script]);
    onTestFinished(() => void child.kill('SIGTERM'));
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await expect.poll(() => said, patience).toContain('up');
    for (const name of signals) {
      child.kill(`SIG${name}`);
      await expect.poll(() => said, patience).toContain(`got-${name}`);
    }
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([42, null]);
  });

  it('says in one sentence that a command is not there (127) or cannot be run (126)', async () => {
    const missing = await tray(['exec', '--', 'no-such-command']);
    expect(missing).toEqual({
      exitCode: 127,
      stdout: '',
      stderr: 'There is no command “no-such-command”. Check its name, its path and PATH.\n',
    });
    const file = join(import.meta.dirname, 'command-line.test.ts');
    expect(await tray(['exec', '--', file])).toMatchObject({ exitCode: 126, stdout: '' });
    expect((await tray(['exec', '--', ''])).exitCode).toBe(127);
  });

  it('runs nothing where there is no token', async () => {
    const result = await tray(['exec', '--account', 'nobody', '--', 'echo', 'ran']);
    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
  });
});

describe('exec --serve', () => {
  const ask =
    'fetch(process.env.TOKEN_TRAY_URL + "/v1/token", { headers: { authorization: "Bearer " + process.env.TOKEN_TRAY_KEY } })';

  it('lends a key of its own for as long as the command runs', async () => {
    const source = `${ask}.then((answer) => answer.text()).then((body) => console.log(process.env.TOKEN_TRAY_KEY, body))`;
    const { stdout, stderr } = await answerOf(['exec', '--serve', '--', ...node(source)]);
    const [key = '', body = ''] = stdout.split(' ');
    expect(stderr).toBe('');
    expect(key).not.toBe(agent.endpoint().key);
    expect((JSON.parse(body) as { access_token: string }).access_token).toBe(await agent.token());
    const headers = { authorization: `Bearer ${key}` };
    await expect
      .poll(async () => (await fetch(`${agent.url}/v1/token`, { headers })).status, patience)
      .toBe(401);
  });

  it('ends the key with itself, even when it is killed', async () => {
    const child = trayStarted(['exec', '--serve', '--', 'sh', '-c', 'echo $TOKEN_TRAY_KEY; exec sleep 60']);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const headers = { authorization: `Bearer ${line.toString().trim()}` };
    const status = async () => (await fetch(`${agent.url}/v1/token`, { headers })).status;
    expect(await status()).toBe(200);
    const children = readFileSync(`/proc/${child.pid ?? 0}/task/${child.pid ?? 0}/children`, 'utf8');
    // The command comes last: what watches the signals starts before it.
    const command = children.trim().split(' ').at(-1);
    child.kill('SIGKILL');
    await expect.poll(status, patience).toBe(401);
    process.kill(Number(command), 'SIGKILL');
  });

  it('refuses what means a token in the environment: exit 2', async () => {
    expect(await tray(['exec', '--serve', '--env', 'X', '--', 'true'])).toMatchObject({
      exitCode: 2,
      stdout: '',
    });
  });

  it('says once that Token Tray has ended meanwhile, and lets the command finish', async () => {
    const home = await temporaryHome();
    await using other = await AgentProcess.start({ home, args: ['--api', service.url], env: memory });
    const child = trayStarted([
      'exec',
      '--serve',
      '--home',
      home,
      '--',
      'sh',
      '-c',
      'echo up; read line; exit 3',
    ]);
    await once(child.stdout, 'data');
    await other.end();
    const [said] = (await once(child.stderr, 'data')) as [Buffer];
    expect(said.toString()).toMatch(/^Token Tray has ended; .*\n$/);
    child.stdin.end('\n');
    expect(await once(child, 'exit')).toEqual([3, null]);
    expect((await tray(['exec', '--serve', '--home', home, '--', 'true'])).exitCode).toBe(4);
  });
});

describe('a pause', () => {
  it('hands out nothing until it is over, and status says so', async () => {
    expect((await answerOf(['pause', '20m'])).stderr).toMatch(/until .*token-tray resume/);
    for (const args of [['token'], ['header'], ['exec', '--', 'echo', 'ran'], ['renew']]) {
      expect(await tray(args)).toMatchObject({ exitCode: 5, stdout: '' });
    }
    const { stdout } = await answerOf(['status']);
    expect(stdout).toMatch(
      /^Paused until .*: tools get nothing\. End it with: token-tray resume\nSigned in\./,
    );
    const waited = trayStarted(['token', '--wait', '60']);
    expect(String(await once(waited.stderr, 'data'))).toContain('Waiting up to 60 s');
    await answerOf(['resume']);
    expect((await text(waited.stdout)).trim()).toBe(await agent.token());
  });

  it('lasts a day at most: exit 2', async () => {
    expect((await tray(['pause', '25h'])).exitCode).toBe(2);
    expect((await tray(['token'])).exitCode).toBe(0);
  });
});

describe('accounts', () => {
  it('are listed, and the default one can be chosen', async () => {
    expect((await answerOf(['accounts'])).stdout).toBe(
      `Account                 State\n${anna}  signed in  default\n${ben}   signed in\n`,
    );
    await answerOf(['accounts', 'default', ben]);
    const { accounts } = JSON.parse((await answerOf(['accounts', '--json'])).stdout) as StatusAnswer;
    expect(accounts).toContainEqual({ account: ben, state: 'active', default: true });
    const chosen = await answerOf(['accounts', 'default', anna, '--json']);
    expect(JSON.parse(chosen.stdout)).toEqual({ account: anna });
    expect(await tray(['accounts', 'default', 'nobody'])).toMatchObject({ exitCode: 1, stdout: '' });
  });
});

describe('tools', () => {
  it('get a key that is printed once and opens the address until it is revoked', async () => {
    const added = await answerOf(['tools', 'add', 'sync', '--expires', '8h', '--account', ben]);
    const key = added.stdout.trim();
    expect(added.stdout).toMatch(/^tt_[\w-]{43}\n$/);
    expect(added.stderr).not.toContain(key);
    const opens = async () =>
      (await fetch(`${agent.url}/v1/token`, { headers: { authorization: `Bearer ${key}` } })).status;
    expect(await opens()).toBe(200);
    expect((await answerOf(['tools'])).stdout).toMatch(
      /^Tool {2}Last asked {8}Today {2}Key ends {10}Only for\nsync {2}\d{4}-.* {2}1 {6}\d{4}-.* {2}ben@/,
    );
    const { tools } = JSON.parse((await answerOf(['tools', '--json'])).stdout) as ToolsAnswer;
    expect(tools).toMatchObject([{ name: 'sync', proxy_only: false, account: ben, count_today: 1 }]);
    expect(JSON.stringify(tools)).not.toContain(key);
    await answerOf(['tools', 'revoke', 'sync']);
    expect(await opens()).toBe(401);
  });

  it('are refused a name that is taken or will not do: exit 2; one that is not there: exit 1', async () => {
    await answerOf(['tools', 'add', 'twice', '--proxy-only', '--json']);
    for (const name of ['twice', 'Twice', '-']) {
      expect(await tray(['tools', 'add', name])).toMatchObject({ exitCode: 2, stdout: '' });
    }
    expect(await tray(['tools', 'revoke', 'once'])).toMatchObject({ exitCode: 1, stdout: '' });
  });
});

describe('activity', () => {
  it('lists sign-ins with their causes, and who asked', async () => {
    await agent.token();
    const { stdout } = await answerOf(['activity', '--account', anna]);
    expect(stdout).toMatch(
      /^When {14}What +Account +Why +Tool\n\d{4}-\d\d-\d\d \d\d:\d\d {2}signed in {2}anna@/,
    );
    expect(stdout).toContain('\nthis user  ');
    expect(stdout).not.toContain(ben);
    const json = await answerOf(['activity', '--since', '1h', '--json']);
    const { entries } = JSON.parse(json.stdout) as ActivityAnswer;
    expect(entries.map(({ kind, account }) => [kind, account])).toContainEqual(['sign_in', ben]);
    expect((await answerOf(['activity', '--since', '1s', '--account', ben])).stdout).toContain(
      'Nothing was asked',
    );
  });
});

describe('standard output', () => {
  it('has colours where they are wanted, and no others', async () => {
    const status = async (env: Readonly<Record<string, string>>) => (await tray(['status'], '', env)).stdout;
    const plain = await status({});
    expect(stripVTControlCharacters(plain)).toBe(plain);
    expect(await status({ FORCE_COLOR: '1' })).toContain('\u001b[32mSigned in.');
    expect(await status({ NO_COLOR: '1' })).toBe(plain);
  });

  it('may be closed before all is said', async () => {
    const child = trayStarted(['activity', '--json']);
    child.stdout.destroy();
    expect(await Promise.all([text(child.stderr), once(child, 'exit')])).toEqual(['', [0, null]]);
  });

  it.skipIf(!existsSync('/dev/full'))('that takes nothing is a failure: exit 1', async () => {
    const full = openSync('/dev/full', 'w');
    const env = { PATH: process.env['PATH'], TOKEN_TRAY_HOME: agent.home };
    const child = spawn(process.execPath, [program, 'token'], { env, stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    expect(await once(child, 'exit')).toEqual([1, null]);
  });
});

describe('the exit code', () => {
  it('is 3 where a sign-in is needed, at once; with --wait the token of whoever signs in comes', async () => {
    await answerOf(['logout']);
    for (const args of [['token'], ['header'], ['renew'], ['exec', '--', 'true'], ['token', '--wait', '1']]) {
      expect(await tray(args)).toMatchObject({ exitCode: 3, stdout: '' });
    }
    const waiting = trayStarted(['token', '--wait', '60']);
    let said = '';
    waiting.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await expect.poll(() => said).toContain('token-tray login');
    await answerOf(['login', '--username', anna, '--password-stdin'], password);
    const printed = (await text(waiting.stdout)).trim();
    expect({ said, printed }).toMatchObject({ printed: await agent.token() });
  });

  it('is 1 for a service in trouble, and 3 for a suspended account', async () => {
    service.fault({ path: loginPath, times: 1, status: 500, body: 'error' });
    const login = ['login', '--username', dora, '--password-stdin'];
    expect((await tray(login, password)).exitCode).toBe(1);
    service.fault({
      path: loginPath,
      times: 1,
      status: 403,
      body: { status: false, detail: 'Account suspended' },
    });
    expect((await tray(login, password)).exitCode).toBe(3);
    expect((await tray(['token', '--account', dora])).exitCode).toBe(3);
    expect((await answerOf(['status', '--account', dora])).stdout).toMatch(
      /^The service has suspended this account\. .*token-tray login/,
    );
  });

  it('is 5 where the owner keeps tokens from programs of this user', async () => {
    const home = await temporaryHome();
    writeFileSync(join(home, 'settings.json'), JSON.stringify({ programsOfThisUser: false }), {
      mode: 0o600,
    });
    await using other = await AgentProcess.start({ home, env: memory });
    for (const args of [['token'], ['exec', '--', 'true'], ['exec', '--serve', '--', 'true']]) {
      expect(await call([...args.slice(0, 1), '--home', other.home, ...args.slice(1)])).toMatchObject({
        exitCode: 5,
        stdout: '',
      });
    }
  });

  it('X8 is 4 where Token Tray does not run, whatever is called', async () => {
    const home = await temporaryHome();
    // `stop` has words of its own: whoever stops it does not want to start it.
    const alone = ['agent', 'doctor', 'snippet', 'stop'];
    const needed = Object.entries(commands).filter(([name]) => !alone.includes(name));
    const calls = needed.map(([name, { operand }]) => [...name.split(' '), ...(operand ? ['1h'] : [])]);
    // In one process: to start one for each would take most of the time.
    const all = [...calls, ['exec', '--serve', 'true']];
    const args = [
      join(import.meta.dirname, '../support/calls-program.ts'),
      ...all.map((one) => JSON.stringify(one)),
    ];
    const child = spawn(process.execPath, args, { env: { TOKEN_TRAY_HOME: home } });
    child.stdin.end();
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const sentence = `Token Tray is not running in ${home}. Start it with: token-tray agent\n`;
    expect(stdout).toBe('');
    expect(stderr.split(/^exit /m)).toEqual([sentence, ...all.slice(1).map(() => `4\n${sentence}`), '4\n']);
    expect(await tray(['token', '--wait', '1'], '', { TOKEN_TRAY_HOME: home })).toMatchObject({
      exitCode: 4,
      stdout: '',
    });
  });
});

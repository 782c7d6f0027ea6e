import { createServer } from 'node:net';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { loginPath } from '../auth-service/routes.ts';
import { exposedFile, othersReach } from '../support/exposed-file.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, call, type CallResult } from '../support/token-tray-process.ts';

const username = 'demo@example.com';
const password = 'correct horse';
const memory = { TOKEN_TRAY_KEY_STORE: 'memory' };
const passphrase = { TOKEN_TRAY_PASSPHRASE: 'a long passphrase of the tests' };

let service: AuthService;
/** One for all; the tests of a killed one come last. */
let agent: AgentProcess;

beforeAll(async () => {
  service = await startAuthService();
  const home = await mkdtemp(join(tmpdir(), 'token-tray-'));
  agent = await AgentProcess.start({ home, args: ['--api', service.url], env: memory });
});

beforeEach(() => service.reset());

afterAll(async () => {
  await agent.end('SIGKILL');
  await rm(agent.home, { recursive: true });
  await service.close();
});

/** An agent that is expected to end at once. */
async function agentCall(args: readonly string[], input = password): Promise<CallResult> {
  const home = await temporaryHome();
  return call(['agent', '--home', home, '--port', '0', '--password-stdin', ...args], input, passphrase);
}

/** One sentence and one remedy: a line of text on standard error, and nothing on standard output. */
function expectSentence(result: CallResult, words: string): void {
  expect(result.stdout).toBe('');
  expect(result.stderr).toContain(words);
  expect(result.stderr.trim().split('\n')).toHaveLength(1);
  expect(result.stderr).not.toContain(password);
}

describe('one sentence and one remedy', () => {
  it('for a wrong password: one request, exit 3', async () => {
    const result = await agentCall(['--api', service.url, '--username', username], 'wrong horse');
    expect(result.exitCode).toBe(3);
    expectSentence(result, 'Email or password is not right. Check both and try again.');
    expect(service.received(loginPath)).toBe(1);
  });

  it('for a wrong password at a running agent: one request, exit 3', async () => {
    const login = ['login', '--home', agent.home, '--username', username, '--password-stdin'];
    const result = await call(login, 'wrong horse');
    expect(result.exitCode).toBe(3);
    expectSentence(result, 'Email or password is not right.');
    expect(service.received(loginPath)).toBe(1);
  });

  it('for plain http to another host: refused before anything is sent, exit 2', async () => {
    const result = await agentCall(['--api', 'http://auth.example.com', '--username', username]);
    expect(result.exitCode).toBe(2);
    expectSentence(result, 'unencrypted, so nothing was sent.');
  });

  it('for a user name with a colon under Basic: exit 2, nothing sent', async () => {
    const result = await agentCall(['--api', service.url, '--username', 'demo:example']);
    expect(result.exitCode).toBe(2);
    expectSentence(result, '--login json');
    expect(service.received(loginPath)).toBe(0);
  });

  it('for an empty password: exit 2, nothing sent', async () => {
    const result = await agentCall(['--api', service.url, '--username', username], '\n');
    expect(result.exitCode).toBe(2);
    expectSentence(result, 'The password is empty');
    expect(service.received(loginPath)).toBe(0);
  });

  it('for an answer without refresh token: exit 1', async () => {
    service.fault({ path: loginPath, times: 1, body: { access: 'abc' } });
    const result = await agentCall(['--api', service.url, '--username', username]);
    expect(result.exitCode).toBe(1);
    expectSentence(result, 'no refresh token');
  });

  it('S11 for the HTML page of a captive portal: exit 1', async () => {
    const page = { body: '<html>Welcome to the WiFi</html>', headers: { 'content-type': 'text/html' } };
    service.fault({ path: loginPath, times: 1, status: 200, ...page });
    const result = await agentCall(['--api', service.url, '--username', username]);
    expect(result.exitCode).toBe(1);
    expectSentence(result, 'perhaps the sign-in page of the network');
  });

  it('P01 for a taken port that was set: exit 1, and no sign-in is spent', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const result = await agentCall(['--api', service.url, '--username', username, '--port', port]);
    squatter.close();
    expect(result.exitCode).toBe(1);
    expectSentence(result, `Port ${port} is taken`);
    expect(service.received(loginPath)).toBe(0);
  });

  it('for an unknown option: exit 2', async () => {
    const result = await call(['token', '--colour']);
    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toContain('--colour');
  });

  it('for no agent: exit 4', async () => {
    const home = await temporaryHome();
    const result = await call(['token', '--home', home]);
    expect(result.exitCode).toBe(4);
    expectSentence(result, `Token Tray is not running in ${home}. Start it with: token-tray agent`);
  });

  it.each([
    ['an unknown key store', { TOKEN_TRAY_KEY_STORE: 'drawer' }, 'TOKEN_TRAY_KEY_STORE is none of'],
    ['a passphrase that is not there', { TOKEN_TRAY_PASSPHRASE: '' }, 'Set TOKEN_TRAY_PASSPHRASE'],
  ])('for %s: exit 2', async (_, env, words) => {
    const result = await call(['agent', '--home', await temporaryHome()], '', env);
    expect(result.exitCode).toBe(2);
    expectSentence(result, words);
  });

  it.runIf(othersReach)('X5 warns where every user can read the passphrase file, and goes on', async () => {
    const file = await exposedFile('a passphrase', 0o644, 0o755);
    const env = { TOKEN_TRAY_PASSPHRASE_FILE: file };
    const result = await call(['agent', '--home', await temporaryHome(), '--api', 'nonsense'], '', env);
    expect(result.exitCode).toBe(2);
    expect(result.stderr.split('\n')).toEqual([
      `The passphrase file ${file} can be read by every user of this computer. Remove this permission: chmod o-r ${file}`,
      expect.stringContaining('“nonsense”'),
      '',
    ]);
  });

  it('for an empty --home, which would be the current folder: exit 2', async () => {
    expect(await call(['agent', '--home', ''])).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('for an account that is not there', async () => {
    const result = await call(['token', '--home', agent.home, '--account', 'nobody']);
    expect(result.exitCode).toBe(1);
    expectSentence(result, 'There is no account of that name here.');
  });

  it('for a wrong passphrase, wherever it is met, and nothing stored is lost', async () => {
    const home = await temporaryHome();
    const args = ['--api', service.url];
    const signIn = [...args, '--username', username];
    const first = await AgentProcess.start({ home, args: signIn, password });
    const token = await first.token();
    await first.end();
    const wrong = await AgentProcess.start({ home, args, env: { TOKEN_TRAY_PASSPHRASE: 'another one' } });
    expect(wrong.stderr).toContain('The passphrase does not open the stored sessions.');
    expect((await call(['token', '--home', home])).stderr).toContain('The passphrase does not open');
    expect((await call(['status', '--home', home])).stdout).toContain('The passphrase does not open');
    await wrong.end();
    await using again = await AgentProcess.start({ home, args });
    expect(await again.token()).toBe(token);
  });

  it('for a suspended account, which is never asked again by itself: exit 3', async () => {
    service.fault({
      path: loginPath,
      times: 9,
      status: 403,
      body: { status: false, detail: 'Account suspended' },
    });
    const home = await temporaryHome();
    const args = ['agent', '--home', home, '--port', '0', '--password-stdin', '--api', service.url];
    const start = () => call([...args, '--username', username], password, passphrase);
    for (const result of [await start(), await start()]) {
      expect(result.exitCode).toBe(3);
      expectSentence(result, 'The service has suspended this account');
    }
    expect(service.received(loginPath)).toBe(1);
  });

  it('V13 for a second agent on the home: exit 1, with the process id of the first', async () => {
    const second = await call(['agent', '--home', agent.home, '--port', '0'], '', memory);
    expect(second.exitCode).toBe(1);
    expectSentence(second, `(process ${agent.pid})`);
  });

  it('P05 for a stale endpoint file after kill -9: exit 4', async () => {
    await agent.end('SIGKILL');
    expect((await call(['token', '--home', agent.home])).exitCode).toBe(4);
  });

  it('P03 a squatter on the port of a killed agent gets neither key nor password', async () => {
    await agent.end('SIGKILL');
    let heard = '';
    const squatter = createServer((socket) => socket.on('data', (chunk) => (heard += chunk.toString())));
    squatter.listen(Number(new URL(agent.url).port), '127.0.0.1');
    await once(squatter, 'listening');
    const login = ['login', '--home', agent.home, '--username', username, '--password-stdin'];
    expect((await call(login, password)).exitCode).toBe(4);
    squatter.close();
    expect(heard).toBe('');
  });
});

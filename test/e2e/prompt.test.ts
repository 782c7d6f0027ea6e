import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquireOwnerLock } from '../../electron/adapters/owner-lock.ts';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { loginPath } from '../auth-service/routes.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { hasTerminal, keys, patienceMs, Terminal } from '../support/terminal.ts';
import { AgentProcess, call, program } from '../support/token-tray-process.ts';

const memory = { TOKEN_TRAY_KEY_STORE: 'memory' };
const password = 'čorrect “horse”';
const users = { 'demo@example.com': password };

let service: AuthService;
let agent: AgentProcess;

beforeAll(async () => {
  service = await startAuthService({ users });
  const home = await mkdtemp(join(tmpdir(), 'token-tray-'));
  agent = await AgentProcess.start({ home, args: ['--api', service.url], env: memory });
});

afterAll(async () => {
  await agent.end();
  await rm(agent.home, { recursive: true });
  await service.close();
});

const login = (...args: string[]) => [process.execPath, program, 'login', '--home', agent.home, ...args];

/** Whether another agent could start in a home. */
async function isFree(home: string): Promise<boolean> {
  const lock = await acquireOwnerLock(home, { wallNow: () => 0 });
  if (lock.ok) await lock.value.release();
  return lock.ok;
}

describe.skipIf(!hasTerminal)('a prompt', () => {
  it.each([
    ['Ctrl-D', keys.endOfInput],
    ['Ctrl-C', keys.interrupt],
  ])(
    'X4 of login is cancelled by %s: one sentence, exit 1, and the terminal echoes again',
    async (_, key) => {
      const atEmail = ['sh', '-c', `"$@"; echo "ended $?"; stty -a`, 'sh', ...login()];
      await using first = new Terminal(atEmail);
      await first.shows(/Email: /);
      first.type(key);
      expect(await first.ended()).toBe('exit 0');
      expect(first.screen).toMatch(/Email: .*\r\nThe sign-in was cancelled\. [^\n]*\r\nended 1\r\n/);
      expect(first.screen).toMatch(/ echo /);
      await using second = new Terminal(login('--username', 'demo@example.com'));
      await second.shows(/Password: /);
      second.type(`half${key === keys.interrupt ? '' : keys.eraseLine}${key}`);
      expect(await second.ended()).toBe('exit 1');
      expect(second.screen).toMatch(/Password: [^\n]*\r\nThe sign-in was cancelled\. [^\n]*\r\n$/);
      expect(service.received(loginPath)).toBe(0);
    },
  );

  it('X4 of an agent is cancelled by Ctrl-D: exit 1, and the home is free', async () => {
    const home = await temporaryHome();
    const start = [process.execPath, program, 'agent', '--home', home, '--port', '0', '--api', service.url];
    await using terminal = new Terminal(start, memory);
    await terminal.shows(/Email: /);
    terminal.type(keys.endOfInput);
    expect(await terminal.ended()).toBe('exit 1');
    expect(terminal.screen).toMatch(/The sign-in was cancelled\. .*run it again\./);
    expect(await isFree(home)).toBe(true);
  });

  it('X4 X3 of an agent ends with its terminal, and the home is free', async () => {
    const home = await temporaryHome();
    {
      const start = [process.execPath, program, 'agent', '--home', home, '--port', '0', '--api', service.url];
      await using terminal = new Terminal(start, memory);
      await terminal.shows(/Email: /);
    }
    await expect.poll(() => isFree(home), { timeout: patienceMs }).toBe(true);
  });

  it('X6 takes what is typed as UTF-8 alone, and shows nothing of a password', async () => {
    await using latin = new Terminal(login('--username', 'demo@example.com'));
    await latin.shows(/Password: /);
    latin.type(Uint8Array.of(0x70, 0xe9, 0x0d));
    expect(await latin.ended()).toBe('exit 2');
    expect(latin.screen).toMatch(/^The password is not UTF-8 text .*\. .*\r\n$/m);
    expect(service.received(loginPath)).toBe(0);

    await using right = new Terminal(login());
    await right.shows(/Email: /);
    right.type(`demo@example.com${keys.enter}`);
    await right.shows(/Password: /);
    right.type(`${password}${keys.enter}`);
    expect(await right.ended()).toBe('exit 0');
    expect(right.screen).toContain('Signed in as demo@example.com.');
    expect(right.screen).not.toContain('horse');
    await call(['logout', '--home', agent.home]);
  });

  it('X6 echoes no password where standard error goes elsewhere', async () => {
    const log = join(agent.home, 'log');
    const args = ['sh', '-c', `"$@" 2>${log}`, 'sh', ...login('--username', 'demo@example.com')];
    await using terminal = new Terminal(args);
    const before = service.received(loginPath);
    await expect
      .poll(() => existsSync(log) && readFileSync(log, 'utf8'), { timeout: patienceMs })
      .toContain('Password: ');
    terminal.type(`wrong horse${keys.enter}`);
    expect(await terminal.ended()).toBe('exit 3');
    expect(terminal.screen).not.toContain('horse');
    expect(service.received(loginPath)).toBe(before + 1);
  });
});

describe('a secret on standard input', () => {
  // `test/cli/strict-text.test.ts` has the other kinds of bytes.
  it('X6 that is Latin-1, or endless, is not sent: one sentence, exit 2', async () => {
    const before = service.received(loginPath);
    const args = ['login', '--home', agent.home, '--username', 'demo@example.com', '--password-stdin'];
    const signIn = await call(args, Buffer.from('p\u00e9', 'latin1'));
    expect(signIn).toMatchObject({ exitCode: 2, stdout: '' });
    expect(signIn.stderr).toMatch(/^The password is not UTF-8 text .*, so nothing was sent\. .*\.\n$/);
    expect(service.received(loginPath)).toBe(before);
    const endless = Buffer.alloc(70_000, 'a');
    const renewal = await call(['renew', '--rejected-stdin', '--home', agent.home], endless);
    expect(renewal).toMatchObject({ exitCode: 2, stdout: '' });
    expect(renewal.stderr).toMatch(/^Standard input is not UTF-8 text, so nothing was sent\. .*\.\n$/);
  });

  it('X6 cannot be read: one sentence, and nothing is sent', async () => {
    const before = service.received(loginPath);
    const args = ['"$@" < /', 'sh', ...login('--username', 'eve', '--password-stdin')];
    const child = spawn('sh', ['-c', ...args], { env: { PATH: process.env['PATH'] } });
    const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect([child.exitCode, stderr.split('\n')]).toEqual([2, [expect.any(String), '']]);
    expect(service.received(loginPath)).toBe(before);
  });

  it('X6 is taken with the mark of UTF-8 that an editor of Windows puts first', async () => {
    const args = ['login', '--home', agent.home, '--username', 'demo@example.com', '--password-stdin'];
    expect(await call(args, `\ufeff${password}\r\n`)).toMatchObject({ exitCode: 0 });
    await call(['logout', '--home', agent.home]);
  });

  it('X6 a name in an argument is text as well', async () => {
    const before = service.received(loginPath);
    const shell = `exec "$@" --username "$(printf 'ren\\351')" --password-stdin`;
    const child = spawn('sh', ['-c', shell, 'sh', process.execPath, program, 'login', '--home', agent.home], {
      env: { PATH: process.env['PATH'] },
    });
    child.stdin.end('secret');
    const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect([child.exitCode, stderr]).toEqual([2, expect.stringMatching(/^The email is not UTF-8 text /)]);
    expect(service.received(loginPath)).toBe(before);
  });
});

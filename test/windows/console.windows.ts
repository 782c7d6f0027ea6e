import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, call, program } from '../support/token-tray-process.ts';
import { ConsoleProgram } from './console.ts';

const salim = 'سالم@warehouse.example';
const password = 'correct horse';
const env = { PATH: process.env['PATH'], TOKEN_TRAY_KEY_STORE: 'memory' };
let service: AuthService;
beforeAll(async () => {
  service = await startAuthService({ users: { [salim]: password } });
});
afterAll(() => service.close());

function agentInConsole(home: string, ...args: readonly string[]): ConsoleProgram {
  return new ConsoleProgram(
    [program, 'agent', '--home', home, '--port', '0', '--api', service.url, ...args],
    env,
  );
}

describe('the agent in a console', () => {
  it.each(['ctrl-c', 'ctrl-break', 'close'] as const)(
    'W1 W9 ends by %s in its usual way: exit 0, and the key is gone',
    async (keys) => {
      const home = await temporaryHome();
      // Nothing is typed: whoever does not sign in presses Ctrl-C at the prompt.
      await using agent = agentInConsole(home, '--password-stdin');
      await agent.shows('token-tray');
      agent.press(keys);
      expect(await agent.ended()).toBe(0);
      expect(existsSync(join(home, 'endpoint.json'))).toBe(false);
    },
  );

  it('W9 asks for an address in Arabic and a password, which is not shown, serves, and ends by Ctrl-C', async () => {
    const home = await temporaryHome();
    await using agent = agentInConsole(home);
    await agent.shows('Email: ');
    agent.type(`${salim}\r`);
    await agent.shows('Password: ');
    agent.type(`${password}\r`);
    const screen = await agent.shows('ready http://127.0.0.1:');
    expect(screen).toContain(salim);
    expect(screen).not.toContain(password);
    expect((await call(['token', '--home', home])).exitCode).toBe(0);
    agent.press('ctrl-c');
    expect(await agent.ended()).toBe(0);
    expect(existsSync(join(home, 'endpoint.json'))).toBe(false);
  });
});

describe('a command in a console', () => {
  it('writes Arabic, and hands Ctrl-C to the program that exec runs, once', async () => {
    const home = await temporaryHome();
    await using agent = await AgentProcess.start({
      home,
      args: ['--api', service.url, '--username', salim],
      password,
      env,
    });
    await using status = new ConsoleProgram([program, 'status', '--home', home], env);
    await status.shows(salim);
    expect(await status.ended()).toBe(0);
    const script = join(home, 'counts.mjs');
    writeFileSync(
      script,
      `let count = 0;
      process.on('SIGINT', () => { count += 1; setTimeout(() => process.exit(40 + count), 500); });
      setInterval(() => undefined, 1000);
      console.log('waits');`,
    );
    const words = [program, 'exec', '--home', home, '--', process.execPath, script];
    await using command = new ConsoleProgram(words, env);
    await command.shows('waits');
    command.press('ctrl-c');
    expect(await command.ended()).toBe(41);
    expect(await agent.token()).not.toBe('');
  });
});

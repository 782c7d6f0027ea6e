import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, call, program } from '../support/token-tray-process.ts';
import { ConsoleProgram } from './console.ts';

const salim = 'سالم@warehouse.example';
const password = 'correct horse';
const env = { PATH: process.env['PATH'], TOKEN_TRAY_KEY_STORE: 'memory' };

describe('the agent in a console', () => {
  it.each(['ctrl-c', 'ctrl-break'] as const)(
    'W1 W9 ends by %s in its usual way: exit 0, and the key is gone',
    async (keys) => {
      const home = await temporaryHome();
      await using agent = new ConsoleProgram([program, 'agent', '--home', home, '--port', '0'], env);
      await agent.wrote('ready http://127.0.0.1:');
      expect(existsSync(join(home, 'endpoint.json'))).toBe(true);
      agent.press(keys);
      expect(await agent.ended()).toBe('0');
      expect(existsSync(join(home, 'endpoint.json'))).toBe(false);
    },
  );
});

describe('a command in a console', () => {
  it('W1 hands Ctrl-C to the program that exec runs, once, and ends with its exit code; Arabic is written as it is', async () => {
    await using service = await startAuthService({ users: { [salim]: password } });
    const home = await temporaryHome();
    const args = ['--api', service.url, '--username', salim];
    await using agent = await AgentProcess.start({ home, args, password, env });
    expect((await call(['status', '--home', home])).stdout).toContain(salim);
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
    await command.wrote('waits');
    command.press('ctrl-c');
    expect(await command.ended()).toBe('41');
    expect(await agent.token()).not.toBe('');
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { canManageMachine, managedMachine } from '../support/managed-machine.ts';
import { closedPort } from '../support/raw-server.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, program } from '../support/token-tray-process.ts';

const username = 'demo@example.com';
const password = 'correct horse';

async function doctorUnder(policy: string, home: string): Promise<string> {
  const [command, ...args] = [...managedMachine(policy), process.execPath, program];
  const child = spawn(command, [...args, 'doctor', '--home', home], {
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', TOKEN_TRAY_KEY_STORE: 'memory' },
  });
  const [said] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return said.replace(/\s+/g, ' ');
}

describe.skipIf(!canManageMachine)('a managed computer', () => {
  it('signs in at the service of its policy, serves at its port, and says what is managed', async () => {
    await using service = await startAuthService();
    const home = await temporaryHome();
    const port = await closedPort();
    const policy = JSON.stringify({ service: service.url, port });
    await using agent = await AgentProcess.start({
      home,
      args: ['--username', username],
      password,
      env: { TOKEN_TRAY_KEY_STORE: 'memory' },
      port: null,
      through: managedMachine(policy),
    });
    expect(agent.url).toBe(`http://127.0.0.1:${port}`);
    expect(await agent.token()).toMatch(/^ey/);
    expect(service.stats().logins).toBe(1);
    expect(await doctorUnder(policy, home)).toContain(
      'Whoever manages this computer has set: service, port (/etc/token-tray/policy.json).',
    );
  });

  it('heeds an option above its policy; goes on as usual under one that is wrong, says so in one sentence, and loses nothing', async () => {
    await using service = await startAuthService();
    const home = await temporaryHome();
    const args = ['--api', service.url, '--username', username];
    const through = managedMachine('{ "service": "https://auth.invalid", "port": 1 }');
    await using first = await AgentProcess.start({ home, args, password, through });
    const token = await first.token();
    await first.end();
    const policy = '{ "service": "https://auth.invalid", "prot": 47200 }';
    await using second = await AgentProcess.start({ home, args, through: managedMachine(policy) });
    expect(await second.token()).toBe(token);
    expect(second.stderr).toContain(
      'The policy of this computer (/etc/token-tray/policy.json) is not used, none of it: it has a key that is not known, “prot”. Whoever manages this computer has to mend it; until then the usual settings hold.',
    );
    expect(await doctorUnder(policy, home)).toContain('it has a key that is not known, “prot”');
  });
});

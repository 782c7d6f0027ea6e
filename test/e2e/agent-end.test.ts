import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { loginPath, refreshPath } from '../auth-service/routes.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { patienceMs } from '../support/terminal.ts';
import { AgentProcess, call, program } from '../support/token-tray-process.ts';

const patience = { timeout: patienceMs };
const username = 'demo@example.com';
const password = 'correct horse';

/** An agent whose standard input stays open, as a terminal's or a forgotten pipe's does. */
function agentWithOpenInput(home: string, args: readonly string[]) {
  const env = { PATH: process.env['PATH'], TOKEN_TRAY_KEY_STORE: 'memory' };
  const call = [program, 'agent', '--home', home, '--port', '0', ...args];
  return spawn(process.execPath, ['--import', tellsListeners, ...call], { env });
}

/** Makes a program write, when it ends, to which signals it listened and how often. */
const tellsListeners = `data:text/javascript,${encodeURIComponent(`process.on('exit', () => {
  const signals = process.eventNames().filter((name) => /^SIG/.test(String(name)));
  process.stderr.write(signals.map((name) => name + '=' + process.listenerCount(name)).toSorted().join(' '));
})`)}`;

describe('an agent that is asked to end', () => {
  it('W1 while it waits for the password: exit 0, and no library has listened to a signal', async () => {
    const home = await temporaryHome();
    const agent = agentWithOpenInput(home, ['--username', username, '--password-stdin']);
    const told = text(agent.stderr);
    await expect.poll(() => existsSync(join(home, 'endpoint.sock')), patience).toBe(true);
    agent.kill('SIGTERM');
    expect(await once(agent, 'exit')).toEqual([0, null]);
    expect(await told).toMatch(/(^|\n)SIGHUP=1 SIGINT=1 SIGTERM=1$/);
  });

  it('while it signs in: exit 0, and never ready', async () => {
    await using service = await startAuthService();
    service.fault({ path: loginPath, times: 1, delayMs: 60_000 });
    const args = ['--api', service.url, '--username', username, '--password-stdin'];
    const home = await temporaryHome();
    const agent = agentWithOpenInput(home, args);
    let stdout = '';
    agent.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    agent.stdin.end(password);
    await expect.poll(() => service.received(loginPath), patience).toBe(1);
    agent.kill('SIGTERM');
    expect(await once(agent, 'exit')).toEqual([0, null]);
    expect(stdout).toBe('');
    expect(existsSync(join(home, 'endpoint.json'))).toBe(false);
  });

  it('T08 during a renewal that takes too long: gone with its lock, and the next one asks once more; with the service away it is ready all the same', async () => {
    await using service = await startAuthService({ rotationGrace: 60 });
    const home = await temporaryHome();
    const args = ['--api', service.url];
    await using first = await AgentProcess.start({ home, args: [...args, '--username', username], password });
    const rejected = JSON.stringify({ rejected: await first.token() });
    service.fault({ path: refreshPath, times: 1, delayMs: 60_000 });
    const report = first.fetch('/v1/token/renew', { method: 'POST', body: rejected }).catch(() => null);
    await expect.poll(() => service.received(refreshPath), patience).toBe(1);
    expect(await first.end()).toBe(0);
    await report;
    await using second = await AgentProcess.start({ home, args });
    const state = (await (await second.fetch('/v1/status')).json()) as { state: string };
    expect(state.state).toBe('uncertain');
    expect(await second.token()).toBe((JSON.parse(rejected) as { rejected: string }).rejected);

    await second.end();
    await service.close();
    const signIn = ['--username', username];
    await using third = await AgentProcess.start({ home, args: [...args, ...signIn], password });
    expect(await third.token()).toBe((JSON.parse(rejected) as { rejected: string }).rejected);
  });

  it('P04 spends no sign-in where endpoint.json cannot be written', async () => {
    await using service = await startAuthService();
    const home = await temporaryHome();
    mkdirSync(join(home, 'endpoint.json'));
    const args = ['agent', '--home', home, '--port', '0', '--api', service.url, '--username', username];
    const started = await call([...args, '--password-stdin'], password, { TOKEN_TRAY_KEY_STORE: 'memory' });
    expect(started.exitCode).toBe(1);
    expect(service.received(loginPath)).toBe(0);
    expect(readFileSync(join(home, 'ledger.jsonl'), { encoding: 'utf8', flag: 'a+' })).toBe('');
  });
});

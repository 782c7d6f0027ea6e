import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileLedger } from '../../electron/adapters/ledger.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { loginPath } from '../auth-service/routes.ts';
import { silentLog } from '../support/in-memory-home.ts';
import { hasTerminal, keys, patienceMs, Terminal } from '../support/terminal.ts';
import { AgentProcess, call, program, type CallResult } from '../support/token-tray-process.ts';

const password = 'correct horse';
const anna = 'anna@warehouse.example';
const ben = 'ben@warehouse.example';
const carl = 'carl@warehouse.example';
const memory = { TOKEN_TRAY_KEY_STORE: 'memory' };

let service: AuthService;
let home: string;
let agent: AgentProcess;

beforeAll(async () => {
  const users = { [anna]: password, [ben]: password, [carl]: password };
  service = await startAuthService({ users, suspendAfter: { generations: 60, seconds: 86_400 } });
  home = mkdtempSync(join(tmpdir(), 'token-tray-'));
  agent = await AgentProcess.start({ home, args: ['--api', service.url], env: memory });
});

afterAll(async () => {
  await agent.end();
  await service.close();
  rmSync(home, { recursive: true });
});

/** By the command line. */
function logIn(username: string, typed = password): Promise<CallResult> {
  return call(['login', '--home', home, '--username', username, '--password-stdin'], typed);
}

/** By the endpoint, as the command line does. */
function post(path: string, body?: object): Promise<Response> {
  return agent.fetch(path, { method: 'POST', ...(body && { body: JSON.stringify(body) }) });
}

/** As after some hours of wrong passwords for Carl, so that no start of a program outlasts the wait. */
async function makeWaitLong(): Promise<void> {
  const ledger = new FileLedger({ home, clock: systemClock, log: silentLog });
  for (let nth = 0; nth < 8; nth += 1) {
    const id = `earlier-${nth}`;
    await ledger.appendIntent({
      id,
      at: Date.now(),
      account: carl,
      service: service.url,
      username: carl,
      request: 'login',
      protection: 'memory',
      generation: 0,
      cause: 'sign_in',
      tool: null,
      beyondBudget: false,
    });
    await ledger.appendOutcome(id, Date.now(), { kind: 'refused', reason: 'wrong_credentials' });
  }
}

describe('a script that signs in', () => {
  it('A1 is stopped at the budget, exit 1 with the time, and never provokes the service', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      expect((await post('/v1/login', { username: anna, password })).status).toBe(200);
      expect((await post(`/v1/logout?account=${anna}`)).status).toBe(200);
    }
    for (let turn = 0; turn < 60; turn += 1) {
      const stopped = await post('/v1/login', { username: anna, password });
      expect(stopped.status).toBe(429);
      expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await stopped.json()).toMatchObject({ code: 'budget_exhausted' });
    }
    const stopped = await logIn(anna);
    expect(stopped).toMatchObject({ exitCode: 1, stdout: '' });
    expect(stopped.stderr).toMatch(/^Enough new tokens for now; .* \d\d:\d\d\.\n$/);
    expect(service.stats()).toMatchObject({ logins: 3, suspended: 0 });
    // Another account is not held back.
    expect(await logIn(ben)).toMatchObject({ exitCode: 0 });
  });

  it.runIf(hasTerminal)('A1 lets a person at a terminal go on, and never shows the password', async () => {
    const log = join(home, 'said');
    const login = [process.execPath, program, 'login', '--home', home, '--username', anna];
    for (const command of [login, ['sh', '-c', 'exec "$@" 2>"$0"', log, ...login]]) {
      expect((await post(`/v1/logout?account=${anna}`)).status).toBe(200);
      await using terminal = new Terminal(command);
      const said = () => terminal.screen + (existsSync(log) ? readFileSync(log, 'utf8') : '');
      await expect.poll(said, { timeout: patienceMs }).toContain('Password: ');
      terminal.type(`${password}${keys.enter}`);
      expect(await terminal.ended()).toBe('exit 0');
      expect(said()).toContain(`Signed in as ${anna}.`);
      expect(said()).not.toContain(password);
    }
    expect(service.stats()).toMatchObject({ suspended: 0 });
    await post(`/v1/logout?account=${anna}`);
    // The person's sign-ins opened no door for the script.
    expect((await post('/v1/login', { username: anna, password })).status).toBe(429);
  });

  it('A1 sends three wrong passwords, then waits, through a restart and at the start of an agent too', async () => {
    const before = service.received(loginPath);
    const wrong = { username: carl, password: 'wrong' };
    for (let turn = 0; turn < 3; turn += 1) expect((await post('/v1/login', wrong)).status).toBe(503);
    const held = await post('/v1/login', { ...wrong, prompted: true });
    expect(held.status).toBe(429);
    expect(await held.json()).toMatchObject({ code: 'budget_exhausted', failure: 'sign_in_backoff' });
    const sent = service.received(loginPath);
    expect(sent - before).toBe(3);

    await agent.end();
    await makeWaitLong();
    const waits = /The service refused the last sign-ins .* try again at \d\d:\d\d:\d\d\.\n$/;
    const args = ['--home', home, '--port', '0', '--api', service.url, '--username', carl];
    const started = await call(['agent', ...args, '--password-stdin'], 'wrong', memory);
    expect(started).toMatchObject({ exitCode: 1, stdout: '' });
    expect(started.stderr).toMatch(waits);
    agent = await AgentProcess.start({ home, args: ['--api', service.url], env: memory });
    const stopped = await logIn(carl, 'wrong');
    expect(stopped).toMatchObject({ exitCode: 1, stdout: '' });
    expect(stopped.stderr).toMatch(waits);
    expect(service.received(loginPath)).toBe(sent);
  });
});

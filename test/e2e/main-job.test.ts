import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StatusAnswer } from '../../electron/contract/wire.ts';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { loginPath, orderListPath, refreshPath } from '../auth-service/routes.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, call } from '../support/token-tray-process.ts';

const demo = { username: 'demo@example.com', password: 'correct horse' };

/** An agent that has signed in to the service at its start. */
function signedInAgent(
  service: AuthService,
  home: string,
  args: readonly string[] = [],
): Promise<AgentProcess> {
  const signIn = ['--api', service.url, '--username', demo.username];
  return AgentProcess.start({ home, args: [...signIn, ...args], password: demo.password });
}

async function statusOf(agent: AgentProcess): Promise<StatusAnswer> {
  return (await (await agent.fetch('/v1/status')).json()) as StatusAnswer;
}

describe('the main job', () => {
  it('200 fetches after a sign-in cost one login and no refresh, and the token opens the API', async () => {
    await using service = await startAuthService();
    await using agent = await signedInAgent(service, await temporaryHome());
    const tokens = new Set<string>();
    for (let fetch = 0; fetch < 200; fetch += 1) tokens.add(await agent.token());
    expect(tokens.size).toBe(1);
    expect(service.stats()).toMatchObject({ logins: 1, refreshes: 0, rejectedLogins: 0 });
    const headers = { authorization: `Bearer ${[...tokens].join('')}` };
    expect((await fetch(service.url + orderListPath, { headers })).status).toBe(200);
  });

  it('E39 300 at once after the expiry, the service slow and with reuse detection: one refresh, one token', async () => {
    await using service = await startAuthService({ accessLifetime: 2, reuseDetection: true });
    await using agent = await signedInAgent(service, await temporaryHome());
    const first = await agent.token();
    await expect.poll(async () => (await statusOf(agent)).expires_in, { timeout: 20_000 }).toBeNull();
    service.fault({ path: refreshPath, times: 1, delayMs: 700 });
    const before = service.stats().refreshes;
    const answers = await Promise.all(Array.from({ length: 300 }, () => agent.fetch('/v1/token')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as { access_token: string }[];
    const tokens = new Set(bodies.map((body) => body.access_token));
    expect(tokens.size).toBe(1);
    expect(tokens).not.toContain(first);
    expect(service.stats().refreshes - before).toBe(1);
    expect(service.stats().concurrentPeak).toBe(1);
  });

  it('S17 a restart within the token’s life costs no generation and needs no password', async () => {
    await using service = await startAuthService();
    const home = await temporaryHome();
    const first = await signedInAgent(service, home);
    const token = await first.token();
    expect(await first.end('SIGKILL')).toBeNull();
    await using second = await AgentProcess.start({ home });
    expect(await second.token()).toBe(token);
    // Given all the same, they are not used while the session works.
    expect(await second.end()).toBe(0);
    await using third = await signedInAgent(service, home);
    expect(await third.token()).toBe(token);
    expect(service.stats()).toMatchObject({ logins: 1, refreshes: 0 });
  });

  it('ends cleanly on SIGTERM within 3 s, a renewal in flight being given that time', async () => {
    await using service = await startAuthService({ accessLifetime: 2 });
    const home = await temporaryHome();
    await using agent = await signedInAgent(service, home);
    expect(statSync(join(home, 'endpoint.json')).mode & 0o777).toBe(0o600);
    await expect.poll(async () => (await statusOf(agent)).expires_in, { timeout: 20_000 }).toBeNull();
    service.fault({ path: refreshPath, times: 1, delayMs: 600 });
    const asked = agent.fetch('/v1/token');
    await expect.poll(() => service.received(refreshPath)).toBe(1);
    expect(await agent.end()).toBe(0);
    await asked.catch(() => undefined);
    expect(
      ['endpoint.json', 'curlrc', 'endpoint.sock', 'lock'].filter((name) => existsSync(join(home, name))),
    ).toEqual([]);
    await using again = await AgentProcess.start({ home });
    await again.token();
    expect(service.stats()).toMatchObject({ rejectedRefreshes: 0 });
  });

  it('without a password it starts all the same, and login signs it in', async () => {
    await using service = await startAuthService();
    await using agent = await AgentProcess.start({
      home: await temporaryHome(),
      args: ['--api', service.url],
    });
    expect(agent.stderr).toContain('token-tray login');
    expect(await call(['token', '--home', agent.home])).toMatchObject({ exitCode: 3, stdout: '' });
    const login = ['login', '--home', agent.home, '--username', demo.username, '--password-stdin'];
    expect(await call(login, `${demo.password}\n`)).toMatchObject({ exitCode: 0, stdout: '' });
    const token = await agent.token();
    expect(await call(['token', '--home', agent.home])).toEqual({
      exitCode: 0,
      stdout: `${token}\n`,
      stderr: '',
    });
    const header = `Authorization: Bearer ${token}`;
    expect((await call(['header', '--home', agent.home])).stdout).toBe(`${header}\n`);
    expect((await call(['header', '--curl', '--home', agent.home])).stdout).toBe(`header = "${header}"\n`);
    expect((await call(['status', '--home', agent.home])).stdout).toContain('Signed in.');
    // A session that works needs no password to say so.
    const again = await call(['login', '--home', agent.home]);
    expect(again).toMatchObject({ exitCode: 0 });
    expect(again.stderr).toContain('already');
    expect(service.stats().logins).toBe(1);
  });

  it('logout forgets the session, on disk too', async () => {
    await using service = await startAuthService();
    const home = await temporaryHome();
    await using agent = await signedInAgent(service, home);
    expect(await call(['logout', '--home', home])).toMatchObject({ exitCode: 0 });
    expect(await call(['token', '--home', home])).toMatchObject({ exitCode: 3 });
    expect(readFileSync(join(home, 'vault.passphrase.json'), 'utf8')).not.toContain(demo.username);
    await agent.end();
    await using restarted = await AgentProcess.start({ home });
    expect((await statusOf(restarted)).state).toBe('signed_out');
  });

  it('V17 logout deletes what another protection’s vault holds, too', async () => {
    await using service = await startAuthService();
    const home = await temporaryHome();
    const first = await signedInAgent(service, home);
    await first.end();
    await using second = await AgentProcess.start({ home, env: { TOKEN_TRAY_KEY_STORE: 'memory' } });
    expect(second.stderr).toContain('stored under another protection (passphrase)');
    expect(await call(['logout', '--home', home])).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(home, 'vault.passphrase.json'), 'utf8')).not.toContain(demo.username);
  });

  it('P05 what a killed agent left is gone before the next one is ready', async () => {
    await using service = await startAuthService();
    const home = await temporaryHome();
    const first = await signedInAgent(service, home);
    await call(['logout', '--home', home]);
    await first.end('SIGKILL');
    service.fault({ path: loginPath, times: 1, delayMs: 1_500 });
    const starting = signedInAgent(service, home);
    await expect.poll(() => service.received(loginPath)).toBe(2);
    // The next one runs already, but is not ready.
    expect(await call(['token', '--home', home])).toMatchObject({ exitCode: 1, stdout: '' });
    await using second = await starting;
    await second.token();
  });

  it('with neither key store nor passphrase it keeps sessions in memory only, and says so', async () => {
    await using service = await startAuthService();
    const home = await temporaryHome();
    const env = {
      TOKEN_TRAY_PASSPHRASE: undefined,
      TOKEN_TRAY_KEY_STORE: undefined,
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
    };
    const args = ['--api', service.url, '--username', demo.username];
    await using agent = await AgentProcess.start({ home, args, password: demo.password, env });
    expect(agent.stderr).toContain('in memory only');
    expect((await statusOf(agent)).key_store).toBe('memory');
    expect(existsSync(join(home, 'vault.passphrase.json'))).toBe(false);
    await agent.token();
  });

  it('another service is another account beside the first', async () => {
    await using service = await startAuthService();
    await using other = await startAuthService();
    await using agent = await signedInAgent(service, await temporaryHome());
    const login = [
      'login',
      '--home',
      agent.home,
      '--api',
      other.url,
      '--username',
      demo.username,
      '--password-stdin',
    ];
    expect(await call(login, demo.password)).toMatchObject({ exitCode: 0 });
    const { accounts, account } = await statusOf(agent);
    expect(account).toBe(demo.username);
    expect(accounts.map((one) => one.account)).toEqual([
      demo.username,
      `${demo.username}|${other.url.slice('http://'.length)}`,
    ]);
  });
});

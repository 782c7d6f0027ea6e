import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { loginPath, orderListPath, refreshPath } from '../auth-service/routes.ts';
import { demo, expired, report, signIn, signOutOfAll, statusOf } from '../support/state-row.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, call } from '../support/token-tray-process.ts';

const vault = 'vault.passphrase.json';

describe('the main job, in memory', () => {
  const shared = new AsyncDisposableStack();
  let service: AuthService;
  let agent: AgentProcess;

  // Neither a key store nor a passphrase, and no password.
  beforeAll(async () => {
    service = shared.use(await startAuthService());
    const env = {
      TOKEN_TRAY_PASSPHRASE: undefined,
      TOKEN_TRAY_KEY_STORE: undefined,
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
    };
    const args = ['--api', service.url];
    agent = shared.use(await AgentProcess.start({ home: await temporaryHome(shared), args, env }));
  });
  afterEach(() => signOutOfAll(agent));
  afterAll(() => shared.disposeAsync());

  it('without a password it starts all the same, and login signs it in; another service is another account', async () => {
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

    await using other = await startAuthService();
    expect(await call([...login, '--api', other.url], demo.password)).toMatchObject({ exitCode: 0 });
    const { accounts, account } = await statusOf(agent);
    expect(account).toBe(demo.username);
    expect(accounts.map((one) => one.account)).toEqual([
      demo.username,
      `${demo.username}|${other.url.slice('http://'.length)}`,
    ]);
  });

  it('with neither key store nor passphrase it keeps sessions in memory only, and says so', async () => {
    await signIn(agent, service);
    expect(agent.stderr).toContain('in memory only');
    expect((await statusOf(agent)).key_store).toBe('memory');
    await agent.token();
    expect(existsSync(join(agent.home, vault))).toBe(false);
  });

  it('200 fetches after a sign-in cost one login and no refresh, and the token opens the API', async () => {
    await using counting = await startAuthService();
    await signIn(agent, counting);
    const tokens = new Set<string>();
    for (let fetch = 0; fetch < 200; fetch += 1) tokens.add(await agent.token());
    expect(tokens.size).toBe(1);
    expect(counting.stats()).toMatchObject({ logins: 1, refreshes: 0, rejectedLogins: 0 });
    const headers = { authorization: `Bearer ${[...tokens].join('')}` };
    expect((await fetch(counting.url + orderListPath, { headers })).status).toBe(200);
  });

  it('E39 300 at once after the expiry, the service slow and with reuse detection: one refresh, one token', async () => {
    // The answer waits for them; the new token lasts for whoever comes after it all the same.
    await using slow = await startAuthService({ accessLifetime: 3, reuseDetection: true });
    await signIn(agent, slow);
    const first = await agent.token();
    await expired(agent);
    slow.fault({ path: refreshPath, times: 1, delayMs: 700 });
    const before = slow.stats().refreshes;
    const answers = await Promise.all(Array.from({ length: 300 }, () => agent.fetch('/v1/token')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as { access_token: string }[];
    const tokens = new Set(bodies.map((body) => body.access_token));
    expect(tokens.size).toBe(1);
    expect(tokens).not.toContain(first);
    expect(slow.stats().refreshes - before).toBe(1);
    expect(slow.stats().concurrentPeak).toBe(1);
  });
});

describe('the main job, over restarts', () => {
  /** An agent that signs in to the service at its start, where its home is not signed in yet. */
  function signedInAgent(service: AuthService, home: string): Promise<AgentProcess> {
    const args = ['--api', service.url, '--username', demo.username];
    return AgentProcess.start({ home, args, password: demo.password });
  }

  it('S17 a restart costs no generation and needs no password; SIGTERM gives a renewal in flight 3 s', async () => {
    await using service = await startAuthService();
    const home = await temporaryHome();
    const first = await signedInAgent(service, home);
    const token = await first.token();
    expect(await first.end('SIGKILL')).toBeNull();
    await using second = await AgentProcess.start({ home });
    expect(await second.token()).toBe(token);
    expect(service.stats()).toMatchObject({ logins: 1, refreshes: 0 });

    expect(statSync(join(home, 'endpoint.json')).mode & 0o777).toBe(0o600);
    service.fault({ path: refreshPath, times: 1, delayMs: 600 });
    const asked = report(second, token);
    await expect.poll(() => service.received(refreshPath)).toBe(1);
    expect(await second.end()).toBe(0);
    await asked.catch(() => undefined);
    expect(
      ['endpoint.json', 'curlrc', 'endpoint.sock', 'lock'].filter((name) => existsSync(join(home, name))),
    ).toEqual([]);
    // Username and password, given all the same, are not used while the session works.
    await using third = await signedInAgent(service, home);
    expect(await third.token()).not.toBe(token);
    expect(service.stats()).toMatchObject({ logins: 1, refreshes: 1, rejectedRefreshes: 0 });
  });

  it('P05 logout forgets the session, on disk too; what a killed agent left is gone before the next one is ready', async () => {
    // A delay lasts until the test lets it go.
    const held = Promise.withResolvers<undefined>();
    await using service = await startAuthService({ wait: () => held.promise });
    const home = await temporaryHome();
    const first = await signedInAgent(service, home);
    expect(await call(['logout', '--home', home])).toMatchObject({ exitCode: 0 });
    expect(await call(['token', '--home', home])).toMatchObject({ exitCode: 3 });
    expect(readFileSync(join(home, vault), 'utf8')).not.toContain(demo.username);
    await first.end('SIGKILL');
    service.fault({ path: loginPath, times: 1, delayMs: 1 });
    const starting = signedInAgent(service, home);
    // It signs in anew, since nothing of the session was left; and it runs already, but is not ready.
    await expect.poll(() => service.received(loginPath), { timeout: 40_000 }).toBe(2);
    expect(await call(['token', '--home', home])).toMatchObject({ exitCode: 1, stdout: '' });
    held.resolve(undefined);
    await using second = await starting;
    await second.token();
  });
});

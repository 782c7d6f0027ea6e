import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { expectAnswer, expectRow, expired, report, signedInAgent, statusOf } from '../support/state-row.ts';
import { AgentProcess, call } from '../support/token-tray-process.ts';

const vault = 'vault.passphrase.json';
const passphrase = { TOKEN_TRAY_KEY_STORE: 'passphrase' };

/** Renews by a report, into a vault that takes nothing: the new token, which is in memory alone. */
async function renewedInMemory(agent: AgentProcess): Promise<string> {
  await expectAnswer(await report(agent, await agent.token()), 200);
  return agent.token();
}

describe('the state table, by its real causes: storage', () => {
  it('E40 not_saved and locked: the token from memory, then their own code, with what mends it', async () => {
    await using service = await startAuthService({ accessLifetime: 12 });
    const other = { ...passphrase, TOKEN_TRAY_PASSPHRASE: 'another passphrase of the tests' };
    const agents = [passphrase, passphrase, other].map((env) => signedInAgent(service, { env }));
    await using unsaved = await agents[0];
    await using locked = await agents[1];
    await using stranger = await agents[2];
    if (!unsaved || !locked || !stranger) throw new Error('three agents were started');
    const path = join(unsaved.home, vault);
    rmSync(path);
    mkdirSync(path);
    copyFileSync(join(stranger.home, vault), join(locked.home, vault));
    const tokens = await Promise.all([renewedInMemory(unsaved), renewedInMemory(locked)]);
    await Promise.all([
      expectRow(unsaved, tokens[0], { state: 'not_saved', token: 200, exit: 0 }),
      expectRow(locked, tokens[1], { state: 'locked', token: 200, exit: 0 }),
    ]);

    await Promise.all([expired(unsaved), expired(locked)]);
    const says = 'could not be saved: a link or a folder';
    await expectRow(unsaved, null, {
      state: 'not_saved',
      token: 'not_saved',
      renew: 'not_saved',
      exit: 1,
      says,
    });
    await expectRow(locked, null, {
      state: 'locked',
      token: 'locked',
      renew: 'locked',
      exit: 1,
      says: 'TOKEN_TRAY_PASSPHRASE',
    });
    expect((await statusOf(locked)).key_store).toBe('passphrase');
  });

  it('V17 logout names an account that only another protection’s vault holds', async () => {
    await using service = await startAuthService({
      users: { 'a@b.example': 'x', 'demo@example.com': 'correct horse' },
    });
    await using first = await signedInAgent(service, { env: passphrase });
    const { home } = first;
    const login = ['login', '--home', home, '--username', 'a@b.example', '--password-stdin'];
    expect((await call(login, 'x')).exitCode).toBe(0);
    await first.end();
    await using second = await AgentProcess.start({ home, env: { TOKEN_TRAY_KEY_STORE: 'memory' } });
    expect(second.stderr).toContain('a@b.example');
    const logout = () => call(['logout', '--home', home, '--account', 'a@b.example']);
    expect((await logout()).exitCode).toBe(0);
    expect((await logout()).exitCode).toBe(1);
    const stored = readFileSync(join(home, vault), 'utf8');
    expect(stored).not.toContain('a@b.example');
    expect(stored).toContain('demo@example.com');
  });
});

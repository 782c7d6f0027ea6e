import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import {
  choose,
  demo,
  expectAnswer,
  expectRow,
  expired,
  post,
  report,
  signedInAgent,
  signIn,
  statusOf,
} from '../support/state-row.ts';
import { AgentProcess, call } from '../support/token-tray-process.ts';

const vault = 'vault.passphrase.json';
const passphrase = { TOKEN_TRAY_KEY_STORE: 'passphrase' };

describe('the state table, by its real causes: storage', () => {
  it('E40 not_saved and locked: the token from memory, then their own code, with what mends it', async () => {
    await using service = await startAuthService();
    // Its tokens are over while the rows with a token are held against every door.
    await using shortLived = await startAuthService({ accessLifetime: 2 });
    const other = { ...passphrase, TOKEN_TRAY_PASSPHRASE: 'another passphrase of the tests' };
    const agents = [other, passphrase].map((env) => signedInAgent(service, { env }));
    await using unsaved = await agents[0];
    await using locked = await agents[1];
    if (!unsaved || !locked) throw new Error('two agents were started');
    const ended = await Promise.all([signIn(unsaved, shortLived), signIn(locked, shortLived)]);
    const path = join(unsaved.home, vault);
    copyFileSync(path, join(locked.home, vault));
    rmSync(path);
    mkdirSync(path);

    /** Renews both accounts, into a vault that takes nothing; then holds the rows. */
    const hold = async (
      agent: AgentProcess,
      account: string,
      row: { state: 'not_saved' | 'locked'; says: string },
    ) => {
      const { state } = row;
      // Whatever comes of it: the new token may be over before it is known that it cannot be saved.
      await expired(agent);
      await agent.fetch('/v1/token');
      await choose(agent, demo.username);
      await expectAnswer(await report(agent, await agent.token()), 200);
      await expectRow(agent, await agent.token(), { state, token: 200, exit: 0 });
      await choose(agent, account);
      await expired(agent);
      await expectRow(agent, null, { ...row, token: state, renew: state, exit: 1 });
    };
    await Promise.all([
      hold(unsaved, ended[0], { state: 'not_saved', says: 'could not be saved: a link or a folder' }),
      hold(locked, ended[1], { state: 'locked', says: 'TOKEN_TRAY_PASSPHRASE' }),
    ]);
    expect((await statusOf(locked)).key_store).toBe('passphrase');
  });

  it('V17 logout deletes what another protection’s vault holds too, and names an account that it alone holds', async () => {
    await using service = await startAuthService({
      users: { 'a@b.example': 'x', [demo.username]: demo.password },
    });
    await using first = await signedInAgent(service, { env: passphrase });
    const { home } = first;
    expect((await post(first, '/v1/login', { username: 'a@b.example', password: 'x' })).status).toBe(200);
    await first.end();
    await using second = await AgentProcess.start({ home, env: { TOKEN_TRAY_KEY_STORE: 'memory' } });
    expect(second.stderr).toContain('stored under another protection (passphrase)');
    expect(second.stderr).toContain('a@b.example');
    const logout = () => call(['logout', '--home', home, '--account', 'a@b.example']);
    expect((await logout()).exitCode).toBe(0);
    expect((await logout()).exitCode).toBe(1);
    const stored = () => readFileSync(join(home, vault), 'utf8');
    expect(stored()).not.toContain('a@b.example');
    expect(stored()).toContain(demo.username);
    expect(await call(['logout', '--home', home])).toMatchObject({ exitCode: 0 });
    expect(stored()).not.toContain(demo.username);
  });
});

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { loginPath, refreshPath } from '../auth-service/routes.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, call } from '../support/token-tray-process.ts';

const username = 'demo@example.com';
const password = 'correct horse';

/** The ways in which a secret could lie about. */
function spellings(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64').replaceAll('=', '');
  return [secret, base64, Buffer.from(secret).toString('hex'), encodeURIComponent(secret)];
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

function expectWithout(bytes: Buffer, secrets: readonly string[], where: string): void {
  for (const secret of secrets.flatMap(spellings)) {
    expect(bytes.includes(secret), `a secret lies in ${where}`).toBe(false);
    expect(bytes.includes(Buffer.from(secret, 'utf16le')), `a secret lies in ${where}`).toBe(false);
  }
}

describe('after a full run', () => {
  it('V18 L01 no secret lies in clear but the owner’s key in endpoint.json and curlrc', async () => {
    await using service = await startAuthService({ accessLifetime: 2 });
    const home = await temporaryHome();
    const known = { access: 'an-access-token-we-know-by-heart', refresh: 'a-refresh-token-we-know-by-heart' };
    service.fault({ path: loginPath, times: 1, body: known });
    const args = ['--api', service.url, '--username', username];
    await using agent = await AgentProcess.start({ home, args, password });
    expect(await agent.token()).toBe(known.access);
    const secrets = [password, 'another secret word', known.access, known.refresh];

    // The error paths too: each of them has something secret at hand.
    const rejected = JSON.stringify({ rejected: known.access });
    const refused = await agent.fetch('/v1/token/renew', { method: 'POST', body: rejected });
    expect(refused.status).toBe(503);
    service.fault({ path: loginPath, times: 1, status: 500, body: 'error' });
    const login = ['login', '--home', home, '--username', username, '--password-stdin'];
    const said = [
      await call(login, password),
      await call(login, 'another secret word'),
      await call(login, password),
    ];
    expect(said.map(({ exitCode }) => exitCode)).toEqual([1, 3, 0]);
    secrets.push(await agent.token());
    service.fault({ path: refreshPath, times: 1, dropAfterProcessing: true });
    const ask = async () => {
      await agent.fetch('/v1/token');
      return service.received(refreshPath);
    };
    await expect.poll(ask, { timeout: 30_000 }).toBeGreaterThan(1);

    const { key } = agent.endpoint();
    for (const path of filesOf(home)) {
      const bytes = readFileSync(path);
      expectWithout(bytes, secrets, path);
      if (!/endpoint\.json$|curlrc$/.test(path)) expectWithout(bytes, [key], path);
      expect(statSync(path).mode & 0o077, path).toBe(0);
    }
    expectWithout(readFileSync(`/proc/${agent.pid}/cmdline`), [...secrets, key], 'the process’s arguments');
    expectWithout(
      Buffer.from(agent.stderr + said.map((one) => one.stdout + one.stderr).join('')),
      secrets,
      'output',
    );
  });
});

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, call, program } from '../support/token-tray-process.ts';

const [anna, ben] = [60_001, 60_002];
const username = 'demo@example.com';
const password = 'correct horse';

/** Only root can be two others, and they must be able to read this folder. */
const canBeOthers =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync(process.execPath, [program, '--help'], { uid: ben, gid: ben, stdio: 'ignore' }).status === 0;
const without = canBeOthers ? '' : ' (needs root, in a folder that others may read)';

async function homeOf(user: number): Promise<string> {
  const home = await temporaryHome();
  chownSync(home, user, user);
  return home;
}

/** A program that a user runs, to its end. */
async function runAs(
  user: number,
  file: string,
  ...args: string[]
): Promise<{ code: number | null; said: string }> {
  const env = { PATH: process.env['PATH'], HOME: '/nonexistent', TOKEN_TRAY_KEY_STORE: 'memory' };
  const child = spawn(file, args, { uid: user, gid: user, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, said: out + error };
}

describe.skipIf(!canBeOthers)(`two users of one computer${without}`, () => {
  it('P08 have homes, ports and keys of their own, and neither’s key opens the other’s', async () => {
    await using service = await startAuthService();
    const args = ['--api', service.url, '--username', username];
    await using first = await AgentProcess.start({ home: await homeOf(anna), user: anna, args, password });
    await using second = await AgentProcess.start({ home: await homeOf(ben), user: ben, args, password });
    const [its, other] = [first.endpoint(), second.endpoint()];
    expect(its.url).not.toBe(other.url);
    const status = async (url: string, key: string) =>
      (await fetch(`${url}/v1/token`, { headers: { authorization: `Bearer ${key}` } })).status;
    expect(await status(its.url, its.key)).toBe(200);
    expect(await status(its.url, other.key)).toBe(401);
    expect(await status(other.url, its.key)).toBe(401);
  });

  it('P08 are kept from each other’s files and socket, and cannot take each other’s home', async () => {
    await using service = await startAuthService();
    const args = ['--api', service.url, '--username', username];
    await using agent = await AgentProcess.start({ home: await homeOf(anna), user: anna, args, password });
    const { home } = agent;
    const token = await agent.token();
    const connect = 'require("node:net").connect(process.argv[1]).on("error", (e) => console.log(e.code))';
    const tries = await Promise.all([
      runAs(
        ben,
        'cat',
        join(home, 'endpoint.json'),
        join(home, 'curlrc'),
        join(home, 'vault.passphrase.json'),
      ),
      runAs(ben, 'ls', home),
      runAs(ben, process.execPath, '-e', connect, join(home, 'endpoint.sock')),
      runAs(ben, process.execPath, program, 'token', '--home', home),
      runAs(ben, process.execPath, program, 'agent', '--home', home, '--port', '0'),
    ]);
    for (const { said } of tries)
      for (const secret of [token, agent.endpoint().key]) expect(said).not.toContain(secret);
    const [files, listing, socket, command, owner] = tries;
    for (const tried of [files, listing, command, owner]) expect(tried.code).not.toBe(0);
    expect(socket.said).toBe('EACCES\n');
    expect(await agent.token()).toBe(token);
  });

  it('X5 another user’s passphrase file is one sentence', async () => {
    const home = await homeOf(ben);
    const file = join(await temporaryHome(), 'passphrase');
    writeFileSync(file, 'a b', { mode: 0o600 });
    chmodSync(dirname(file), 0o711);
    const command = [`TOKEN_TRAY_PASSPHRASE_FILE=${file}`, process.execPath, program];
    expect(await runAs(ben, 'env', ...command, 'agent', '--home', home, '--port', '0')).toEqual({
      code: 2,
      said: `The passphrase file ${file} cannot be read by this user. Check its permissions.\n`,
    });
  });

  it('P08 root, as by sudo, neither takes a person’s home nor makes files in it', async () => {
    const home = await homeOf(anna);
    const started = await call(['agent', '--home', home, '--port', '0'], '', {
      TOKEN_TRAY_KEY_STORE: 'memory',
    });
    expect(started).toMatchObject({ exitCode: 1, stdout: '' });
    expect(started.stderr.trim().split('\n')).toHaveLength(1);
    expect(statSync(home)).toMatchObject({ uid: anna, nlink: 2 });
  });
});

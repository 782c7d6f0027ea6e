import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { loginPath, refreshPath } from '../auth-service/routes.ts';
import { demo, report, statusOf } from '../support/state-row.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, call } from '../support/token-tray-process.ts';

const { username, password } = demo;
const vault = 'vault.passphrase.json';

function signedInAgent(service: AuthService, home: string): Promise<AgentProcess> {
  return AgentProcess.start({ home, args: ['--api', service.url, '--username', username], password });
}

async function stateOf(agent: AgentProcess): Promise<string> {
  return (await statusOf(agent)).state;
}

/** The home's vault files with what they hold. */
function vaultFiles(home: string): Record<string, string> {
  const names = readdirSync(home).filter((name) => name.startsWith('vault.'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(home, name), 'latin1')]));
}

describe('settings of which one is invalid', () => {
  it('X9 are told at the start by that one’s name, and the others count', async () => {
    const home = await temporaryHome();
    writeFileSync(join(home, 'settings.json'), '{ "port": 0, "language": "ar" }', { mode: 0o600 });
    await using agent = await AgentProcess.start({ home });
    expect(agent.stderr).toContain(
      'The value of “port” in settings.json is not valid and was ignored. Correct it there while Token Tray is not running, or choose it again in the window.\n',
    );
    expect(agent.stderr).not.toContain('The settings are not used.');
    expect(agent.stderr).not.toContain('language');
  });
});

describe('a vault that cannot be read', () => {
  it('V05 is set aside whole, the earlier generation goes on, and a sentence says so', async () => {
    const garbage = '\u0000\u0001 this is no vault';
    await using service = await startAuthService();
    const home = await temporaryHome();
    await using first = await signedInAgent(service, home);
    expect((await report(first, await first.token())).status).toBe(200);
    expect(service.received(refreshPath)).toBe(1);
    await first.end();
    writeFileSync(join(home, vault), garbage);
    await using second = await AgentProcess.start({ home, args: ['--api', service.url] });
    expect(second.stderr).toContain('.corrupt-');
    expect(Object.values(vaultFiles(home))).toContain(Buffer.from(garbage).toString('latin1'));
    // The earlier generation's refresh token is spent: that is one try, and no more.
    expect(await stateOf(second)).toBe('uncertain');
  });

  it('V06 of a newer version: left as it is, and no token is made that could not be kept', async () => {
    await using service = await startAuthService();
    const home = await temporaryHome();
    const newer = '{"version":2,"secret":"of the future"}';
    writeFileSync(join(home, vault), newer, { mode: 0o600 });
    await using agent = await AgentProcess.start({ home, args: ['--api', service.url] });
    const login = await call(['login', '--home', home, '--username', username, '--password-stdin'], password);
    expect(login.exitCode).toBe(1);
    expect(login.stderr).toContain('a newer Token Tray wrote the file');
    expect(service.received(loginPath)).toBe(0);
    expect(vaultFiles(home)).toEqual({ [vault]: newer });
    expect(await stateOf(agent)).toBe('signed_out');
  });

  it('V15 a symlink: neither followed nor replaced', async () => {
    await using service = await startAuthService();
    const home = await temporaryHome();
    const elsewhere = join(await temporaryHome(), 'elsewhere.json');
    writeFileSync(elsewhere, 'somebody’s own');
    symlinkSync(elsewhere, join(home, vault));
    await using agent = await AgentProcess.start({ home, args: ['--api', service.url] });
    expect(agent.stderr).toContain('a link or a folder stands where its file belongs');
    const login = await call(['login', '--home', home, '--username', username, '--password-stdin'], password);
    expect(login.exitCode).toBe(1);
    expect(service.received(loginPath)).toBe(0);
    expect(readFileSync(elsewhere, 'utf8')).toBe('somebody’s own');
  });
});

describe('a vault that cannot be written while a good token is in hand', () => {
  it('V06, V15 a newer version, a symlink: the token is served from memory, and saved once that is mended', async () => {
    const hold = async (damage: (path: string) => void) => {
      await using service = await startAuthService();
      await using agent = await signedInAgent(service, await temporaryHome());
      const old = await agent.token();
      const path = join(agent.home, vault);
      const stored = readFileSync(path);
      rmSync(path);
      damage(path);
      expect((await report(agent, old)).status).toBe(200);
      await expect.poll(() => stateOf(agent)).toBe('not_saved');
      expect(await agent.token()).not.toBe(old);
      expect(service.received(refreshPath)).toBe(1);
      rmSync(path);
      writeFileSync(path, stored, { mode: 0o600 });
      await expect.poll(() => stateOf(agent), { timeout: 30_000 }).toBe('active');
    };
    // Each waits some seconds until it tries to save again.
    await Promise.all([
      hold((path) => writeFileSync(path, '{"version":2}', { mode: 0o600 })),
      hold((path) => symlinkSync(join(path, '../nowhere'), path)),
    ]);
  });
});

const mounts = spawnSync('mount', ['--version']).error === undefined && process.getuid?.() === 0;

/** A disk of 256 kB of the test's own. */
async function smallDisk(): Promise<{ path: string; remount: (options: string) => void } | null> {
  const path = await temporaryHome();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k,mode=700', 'tmpfs', path]).status === 0;
  if (!mounted) return null;
  onTestFinished(() => {
    spawnSync('umount', ['-l', path]);
  });
  return { path, remount: (options) => spawnSync('mount', ['-o', `remount,${options}`, path]) };
}

describe.skipIf(!mounts)('a disk in trouble (needs root to mount one)', () => {
  it('V02, V03 full: served from memory, and saved once there is room; read-only: served, and a start says so', async ({
    skip,
  }) => {
    const disk = await smallDisk();
    if (!disk) return skip('no disk of its own can be mounted here');
    await using service = await startAuthService();
    await using agent = await signedInAgent(service, disk.path);
    const old = await agent.token();
    const before = readFileSync(join(disk.path, vault), 'utf8');
    const filler = join(disk.path, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1k', 'count=4000']);
    expect((await report(agent, old)).status).toBe(200);
    await expect.poll(() => stateOf(agent)).toBe('not_saved');
    expect(await agent.token()).not.toBe(old);
    expect(readFileSync(join(disk.path, vault), 'utf8')).toBe(before);
    const status = await call(['status', '--home', disk.path]);
    expect(status.stdout).toContain('could not be saved');
    rmSync(filler);
    await expect.poll(() => stateOf(agent), { timeout: 30_000 }).toBe('active');

    disk.remount('ro');
    await agent.token();
    const logout = await call(['logout', '--home', disk.path]);
    expect(logout.stderr).toContain('read-only');
    await agent.end('SIGKILL');
    const passphrase = { TOKEN_TRAY_PASSPHRASE: 'a long passphrase of the tests' };
    const again = await call(['agent', '--home', disk.path, '--port', '0'], '', passphrase);
    expect(again.exitCode).toBe(1);
    expect(again.stderr).toContain('its folder is read-only');
    disk.remount('rw');
  });
});

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { loginPath, refreshPath } from '../auth-service/routes.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, call } from '../support/token-tray-process.ts';

const username = 'demo@example.com';
const password = 'correct horse';
const vault = 'vault.passphrase.json';

function signedInAgent(service: AuthService, home: string): Promise<AgentProcess> {
  return AgentProcess.start({ home, args: ['--api', service.url, '--username', username], password });
}

async function stateOf(agent: AgentProcess): Promise<string> {
  return ((await (await agent.fetch('/v1/status')).json()) as { state: string }).state;
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
  it.each([
    ['garbage', '\u0000\u0001 this is no vault'],
    ['zero bytes', ''],
    ['an empty list', '[]'],
    ['null', 'null'],
  ])(
    'V05 %s: set aside whole, the earlier generation goes on, and a sentence says so',
    async (_, content) => {
      await using service = await startAuthService({ accessLifetime: 2 });
      const home = await temporaryHome();
      await using first = await signedInAgent(service, home);
      await expect.poll(async () => (await first.token(), service.stats().refreshes)).toBeGreaterThan(0);
      await first.end();
      writeFileSync(join(home, vault), content);
      await using second = await AgentProcess.start({ home, args: ['--api', service.url] });
      expect(second.stderr).toContain('.corrupt-');
      expect(Object.values(vaultFiles(home))).toContain(Buffer.from(content).toString('latin1'));
      // The earlier generation's refresh token is spent: that is one try, and no more.
      expect(await stateOf(second)).toBe('uncertain');
    },
  );

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
  it.each([
    ['V06 a newer version', () => '{"version":2}'],
    ['V15 a symlink', null],
  ])('%s: the token is served from memory, and saved once that is mended', async (_, content) => {
    await using service = await startAuthService({ accessLifetime: 4 });
    const home = await temporaryHome();
    await using agent = await signedInAgent(service, home);
    const path = join(home, vault);
    const stored = readFileSync(path);
    rmSync(path);
    if (content) writeFileSync(path, content(), { mode: 0o600 });
    else symlinkSync(join(home, 'nowhere'), path);
    const ask = async () => (await agent.token(), stateOf(agent));
    await expect.poll(ask, { timeout: 20_000 }).toBe('not_saved');
    expect(service.received(refreshPath)).toBe(1);
    rmSync(path);
    writeFileSync(path, stored, { mode: 0o600 });
    await expect.poll(() => stateOf(agent), { timeout: 30_000 }).toBe('active');
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
  it('V02 full: the new token is served from memory, the old file is whole, and it is saved once there is room', async ({
    skip,
  }) => {
    const disk = await smallDisk();
    if (!disk) return skip('no disk of its own can be mounted here');
    await using service = await startAuthService({ accessLifetime: 4 });
    await using agent = await signedInAgent(service, disk.path);
    const before = readFileSync(join(disk.path, vault), 'utf8');
    const filler = join(disk.path, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1k', 'count=4000']);
    const ask = async () => (await agent.token(), stateOf(agent));
    await expect.poll(ask, { timeout: 20_000 }).toBe('not_saved');
    expect(readFileSync(join(disk.path, vault), 'utf8')).toBe(before);
    const status = await call(['status', '--home', disk.path]);
    expect(status.stdout).toContain('could not be saved');
    rmSync(filler);
    await expect.poll(() => stateOf(agent), { timeout: 30_000 }).toBe('active');
  });

  it('V03 read-only: a good token is still served, and starting there says one sentence', async ({
    skip,
  }) => {
    const disk = await smallDisk();
    if (!disk) return skip('no disk of its own can be mounted here');
    await using service = await startAuthService();
    await using agent = await signedInAgent(service, disk.path);
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

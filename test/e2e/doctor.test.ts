import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { TokenAnswer } from '../../electron/contract/wire.ts';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { doctorOn, examined } from '../support/doctor-call.ts';
import { closedPort, RawServer } from '../support/raw-server.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { makeAuthority, makeIdentity } from '../support/test-certificate.ts';
import { AgentProcess, call } from '../support/token-tray-process.ts';

const username = 'demo@example.com';
const password = 'correct horse';
const passphrase = { TOKEN_TRAY_PASSPHRASE: 'a long passphrase of the tests' };
const vault = 'vault.passphrase.json';

let service: AuthService;
/** Signed in; the tests of one that runs come first, and go on from what the ones before them left. */
let agent: AgentProcess;

beforeAll(async () => {
  service = await startAuthService();
  const home = mkdtempSync(join(tmpdir(), 'token-tray-'));
  agent = await AgentProcess.start({ home, args: ['--api', service.url, '--username', username], password });
});

afterAll(async () => {
  await agent.end('SIGKILL');
  rmSync(agent.home, { recursive: true });
  await service.close();
});

/** A copy of the home of an agent that was signed in and killed. */
async function killedHome(): Promise<string> {
  await agent.end('SIGKILL');
  const home = await temporaryHome();
  // The address of a dead socket is not copied.
  const filter = (source: string) => !lstatSync(source).isSocket();
  cpSync(agent.home, home, { recursive: true, filter });
  return home;
}

/** Everything in a home that a look must not change. */
function snapshot(home: string): readonly unknown[] {
  return readdirSync(home, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const { mode, mtimeMs, size, ino } = lstatSync(join(home, name));
      return [name, mode, mtimeMs, size, ino];
    });
}

/** Listens at an address until the test is over, and answers the port. */
async function squatter(host: string, port = 0): Promise<number | null> {
  const server = createServer();
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ host, port, exclusive: true, ipv6Only: true }, () => resolve(true));
  });
  if (!listening) return null;
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : null;
}

describe('a signed-in agent', () => {
  it('is called healthy, costs no token, and shows no secret', async () => {
    const { home } = agent;
    const token = (await (await agent.fetch('/v1/token')).json()) as TokenAnswer;
    const before = service.stats();
    const report = await doctorOn(home);
    const { stdout: words } = await call(['doctor', '--home', home]);
    expect(report.troubles.filter((code) => code !== 'default_port_taken')).toEqual([]);
    expect(report.exitCode).toBe(0);
    expect(report.of('running')).toMatchObject({ pid: agent.pid, url: agent.url });
    expect(report.of('key_store_good')).toMatchObject({ store: 'passphrase' });
    expect(report.of('service_reached')).toMatchObject({ host: new URL(service.url).host, proxy: null });
    expect(words).toMatch(/^✓ good {2}The folder .+ is this user’s alone\.$/m);
    expect(words).toContain('Nothing needs mending.');
    expect(service.stats()).toEqual(before);
    for (const secret of [
      token.access_token,
      agent.endpoint().key,
      password,
      passphrase.TOKEN_TRAY_PASSPHRASE,
    ]) {
      expect(report.output + words).not.toContain(secret);
    }
    // D1: no other service is examined than its own.
    const hosts = report.findings.flatMap(({ host }) => (host === undefined ? [] : [host]));
    expect(new Set(hosts)).toEqual(new Set([new URL(service.url).host]));
    expect(report.of('tool_gets_token')).toMatchObject({ account: username, level: 'good' });
  });

  it('D1 D2 whose tools get nothing: a pause is told, exit 1 until it ends', async () => {
    await agent.fetch('/v1/pause', { method: 'POST', body: '{"seconds":600}' });
    const paused = await doctorOn(agent.home);
    expect(paused.of('tool_gets_nothing')).toMatchObject({ why: 'paused', level: 'wrong' });
    expect(paused.exitCode).toBe(1);
    await agent.fetch('/v1/resume', { method: 'POST' });
  });

  it('P02 whose port another program holds at [::1], while we hold 127.0.0.1: named', async ({ skip }) => {
    const port = Number(new URL(agent.url).port);
    if ((await squatter('::1', port)) === null) return skip('no IPv6 here');
    const report = await examined(agent.home);
    expect(report.of('port_shared')).toMatchObject({ port, address: '[::1]', level: 'wrong' });
    if (process.platform === 'linux') expect(report.of('port_shared')['pid']).toBe(process.pid);
    expect(report.of('port_shared').remedy).toContain('127.0.0.1');
  });

  it.skipIf(process.platform === 'win32')('that does not answer is named, and not waited for', async () => {
    process.kill(agent.pid, 'SIGSTOP');
    const report = await examined(agent.home);
    process.kill(agent.pid, 'SIGCONT');
    expect(report.troubles).toEqual(expect.arrayContaining(['owner_silent', 'key_store_not_asked']));
  });
});

describe('a home without an agent', () => {
  it('a home that does not exist is told, and not made', async () => {
    const home = join(await temporaryHome(), 'not', 'yet');
    const report = await examined(home, { ...passphrase, TOKEN_TRAY_API: service.url });
    expect(report.of('home_missing')).toMatchObject({ home, level: 'note' });
    // Nothing runs, so no tool would get a token.
    expect(report.findings.map(({ level }) => level)).toContain('wrong');
    expect(() => lstatSync(home)).toThrow('ENOENT');
  });

  it('P05 the files of a killed agent are told and left for the next start', async () => {
    const home = await killedHome();
    writeFileSync(join(home, 'vault.passphrase.json.tmp-0123456789abcdef'), 'torn', { mode: 0o600 });
    writeFileSync(join(home, 'vault.passphrase.json.corrupt-2026-11-23T120000.000Z'), '', { mode: 0o600 });
    const before = snapshot(home);
    const report = await doctorOn(home, passphrase);
    expect(report.of('stale_files')['files']).toEqual(
      expect.arrayContaining(['endpoint.json', 'curlrc', 'lock']) as unknown,
    );
    expect(report.troubles).toEqual(
      expect.arrayContaining(['temporary_files', 'files_set_aside', 'not_running']),
    );
    expect(report.exitCode).toBe(1);
    expect(snapshot(home)).toEqual(before);
  });

  it('a passphrase that is missing or wrong is told, and the right one opens', async () => {
    const home = await killedHome();
    expect((await examined(home)).of('passphrase_missing').level).toBe('wrong');
    const wrong = await examined(home, { TOKEN_TRAY_PASSPHRASE: 'not the one of the tests' });
    expect(wrong.of('passphrase_wrong').level).toBe('wrong');
    expect(wrong.output).not.toContain('not the one of the tests');
    expect((await examined(home, passphrase)).of('key_store_good')).toMatchObject({ store: 'passphrase' });
    const memory = await examined(home, { TOKEN_TRAY_KEY_STORE: 'memory' });
    expect(memory.of('memory_only')).toMatchObject({ why: 'asked' });
    expect(memory.of('stored_elsewhere')).toMatchObject({ account: username, protection: 'passphrase' });
  });
});

describe('an agent whose vault is locked', () => {
  it('V07 is believed, though doctor was given no passphrase to try', async () => {
    const args = ['--api', service.url];
    const env = { TOKEN_TRAY_PASSPHRASE: 'not the one of the tests' };
    await using locked = await AgentProcess.start({ home: await killedHome(), args, env });
    expect((await examined(locked.home)).of('passphrase_wrong').level).toBe('wrong');
  });
});

describe('the port', () => {
  it('P01 taken by another program: who holds it', async () => {
    const home = await killedHome();
    const port = await squatter('127.0.0.1');
    writeFileSync(join(home, 'settings.json'), JSON.stringify({ port }), { mode: 0o600 });
    const report = await examined(home);
    expect(report.of('set_port_taken')).toMatchObject({ port, level: 'wrong' });
    if (process.platform === 'linux') expect(report.of('set_port_taken')['pid']).toBe(process.pid);
  });
});

describe.skipIf(process.platform === 'win32')('loosened files', () => {
  it('V15 are told and not mended: folder, file, hard link, link', async () => {
    const home = await killedHome();
    chmodSync(home, 0o755);
    chmodSync(join(home, vault), 0o644);
    linkSync(join(home, 'ledger.jsonl'), join(await temporaryHome(), 'other-name'));
    symlinkSync(join(home, 'ledger.jsonl'), join(home, 'tools.json'));
    const before = snapshot(home);
    const report = await examined(home);
    expect(report.of('home_open')).toMatchObject({ mode: '0755' });
    expect(report.of('file_open')).toMatchObject({ file: vault, mode: '0644' });
    expect(report.of('file_shared')).toMatchObject({ file: 'ledger.jsonl', names: 2 });
    expect(report.of('file_not_regular')).toMatchObject({ file: 'tools.json' });
    expect(report.findings.map(({ level }) => level)).toContain('wrong');
    expect(snapshot(home)).toEqual(before);
    expect(lstatSync(home).mode & 0o777).toBe(0o755);
  });

  it('V15 a link in the place of the home is not followed', async () => {
    const home = join(await temporaryHome(), 'link');
    symlinkSync(await killedHome(), home);
    const report = await examined(`${home}/`, { ...passphrase, TOKEN_TRAY_API: 'http://127.0.0.1:9' });
    expect(report.output).not.toContain(new URL(service.url).host);
    expect(report.findings.map(({ code }) => code)).not.toContain('stale_files');
    expect(report.of('home_not_a_folder').level).toBe('wrong');
  });
});

describe('damaged files', () => {
  it('V05, V06 are told by name, and none is moved', async () => {
    const home = await killedHome();
    writeFileSync(join(home, vault), 'no vault');
    writeFileSync(join(home, 'settings.json'), '[]', { mode: 0o600 });
    writeFileSync(join(home, 'tools.json'), '{"version":2}', { mode: 0o600 });
    const before = snapshot(home);
    const report = await examined(home, { ...passphrase, TOKEN_TRAY_API: service.url });
    const corrupt = report.findings.filter(({ code }) => code === 'file_corrupt').map((it) => it['file']);
    expect(corrupt.sort()).toEqual(['settings.json', vault]);
    expect(report.of('file_unreadable')).toMatchObject({ file: 'tools.json', reason: 'newer_version' });
    expect(snapshot(home)).toEqual(before);
  });
});

describe('the way to the service', () => {
  it('a clock that is wrong is told in words, with its direction', async () => {
    const home = await killedHome();
    const fault = {
      path: '/',
      times: 1,
      headers: { date: new Date(Date.now() + 3 * 3_600_000).toUTCString() },
    };
    await fetch(`${service.url}/__control/fault`, { method: 'POST', body: JSON.stringify(fault) });
    const report = await examined(home);
    expect(report.of('clock_wrong')).toMatchObject({ level: 'wrong' });
    expect(report.of('clock_wrong').sentence).toContain('3 hours behind');
  });

  it('a certificate that nobody here trusts is told, though the environment asks to look away', async () => {
    await using server = await RawServer.start(
      (socket) => socket.end(),
      makeIdentity(makeAuthority(), ['127.0.0.1']),
    );
    const report = await doctorOn(await temporaryHome(), {
      ...passphrase,
      TOKEN_TRAY_API: `https://127.0.0.1:${server.port}`,
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    });
    expect(report.of('service_unreachable')).toMatchObject({ reason: 'certificate' });
    expect(report.of('certificates_unchecked').level).toBe('note');
    // For the clock alone, without a secret: certificates can only be judged by a clock that is right.
    expect(server.requests).toEqual([expect.stringMatching(/^HEAD \/ HTTP\/1\.1\r\n(?!.*authorization)/is)]);
  });

  it('a proxy that is dead is told by its host, without who uses it', async () => {
    const proxy = `127.0.0.1:${await closedPort()}`;
    const report = await examined(await temporaryHome(), {
      ...passphrase,
      TOKEN_TRAY_API: 'https://auth.example.com',
      https_proxy: `http://anna:proxy-secret@${proxy}`,
      http_proxy: `http://anna:proxy-secret@${proxy}`,
    });
    expect(report.of('service_unreachable')).toMatchObject({ reason: 'proxy', proxy });
    expect(report.of('local_requests_proxied')).toMatchObject({ proxy });
    expect(report.output).not.toMatch(/anna|proxy-secret/);
  });
});

const mounts = spawnSync('mount', ['--version']).error === undefined && process.getuid?.() === 0;

describe.skipIf(!mounts)('a disk in trouble (needs root to mount one)', () => {
  it('V02, V03 full and read-only are told without a try to write', async ({ skip }) => {
    const disk = await temporaryHome();
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k,mode=700', 'tmpfs', disk]).status !== 0) {
      return skip('no disk of its own can be mounted here');
    }
    onTestFinished(() => void spawnSync('umount', ['-l', disk]));
    spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'filler')}`, 'bs=1k', 'count=4000']);
    const env = { ...passphrase, TOKEN_TRAY_API: service.url };
    expect((await examined(disk, env)).of('disk_full')).toMatchObject({ freeBytes: 0, level: 'wrong' });
    spawnSync('mount', ['-o', 'remount,ro', disk]);
    expect((await examined(disk, env)).of('home_unwritable')).toMatchObject({ reason: 'read_only' });
  });
});

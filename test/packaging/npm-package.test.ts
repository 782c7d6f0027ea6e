import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Linter } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { InstalledPackage } from '../support/installed-package.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess } from '../support/token-tray-process.ts';

const root = join(import.meta.dirname, '../..');
const demo = { username: 'demo@example.com', password: 'correct horse' };

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

let installed: InstalledPackage;

beforeAll(async () => {
  installed = await InstalledPackage.make();
});

afterAll(() => installed[Symbol.asyncDispose]());

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** Has the program take its Node.js for another version. */
function nodeOptions(version: string): NodeJS.ProcessEnv {
  const versions = `{ value: { ...process.versions, node: '${version}' } }`;
  const old = `Object.defineProperty(process, 'versions', ${versions})`;
  return { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(old)}"` };
}

/** A call of the installed command, as a shell makes it. */
async function tokenTray(args: readonly string[], env: NodeJS.ProcessEnv = {}, user?: number) {
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);
  const child = spawn(installed.program, args, {
    env: { PATH: path, HOME: '/nonexistent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(user !== undefined && { uid: user, gid: user }),
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exitCode: child.exitCode, stdout: stdout.trim(), stderr: stderr.trim() };
}

describe('the package for npm', () => {
  it('is small, and holds the command line and the files for services alone', () => {
    expect(statSync(installed.tarball).size).toBeLessThan(600_000);
    const files = readdirSync(installed.folder, { recursive: true, encoding: 'utf8' }).sort();
    const outside = files.filter((file) => !/^cli[\\/][\w-]+\.cjs$/.test(file));
    expect(outside.map((file) => file.replaceAll('\\', '/'))).toEqual([
      'LICENSE',
      'README.md',
      'cli',
      'cli/licences.md',
      'docker',
      'docker/Dockerfile',
      'docker/compose.yaml',
      'launchd',
      'launchd/agent.sh',
      'launchd/io.github.token-tray.agent.plist',
      'package.json',
      'systemd',
      'systemd/token-tray.service',
    ]);
  });

  it('asks for the native library alone, in the version that was tested', () => {
    const { dependencies, ...own } = manifestIn(installed.folder);
    const { version, dependencies: tested } = manifestIn(root);
    expect(dependencies).toEqual({ '@napi-rs/keyring': tested['@napi-rs/keyring'] });
    expect(own).toMatchObject({ name: 'token-tray', version, license: 'MIT', engines: { node: '>=24.5.0' } });
    expect(own).not.toHaveProperty('private');
    expect(own).not.toHaveProperty('scripts');
  });

  it('is not made by a bare npm pack, which would take the whole program', () => {
    const scripts = (manifestIn(root) as Manifest & { scripts: Record<string, string> }).scripts;
    const [, script = 'none'] = /^node (\S+)$/.exec(scripts['prepack'] ?? '') ?? [];
    const said = spawnSync(process.execPath, [join(root, script)], { encoding: 'utf8' });
    expect(said).toMatchObject({ status: 1, stdout: '' });
    expect(said.stderr).toContain('npm run pack:cli');
  });

  it('S6 says where the notices of the native library are', () => {
    const readme = readFileSync(join(installed.folder, 'README.md'), 'utf8');
    const [, file = ''] = /`@napi-rs\/keyring-SYSTEM\/(\S+)`/.exec(readme) ?? [];
    const native = readdirSync(join(root, 'node_modules/@napi-rs')).filter((name) => name !== 'keyring');
    expect(native.map((name) => existsSync(join(root, 'node_modules/@napi-rs', name, file)))).toEqual([true]);
  });

  it('carries the licences of what is bundled', () => {
    const licences = readFileSync(join(installed.folder, 'cli/licences.md'), 'utf8');
    for (const name of ['commander', 'socks', 'zod']) expect(licences).toContain(`## ${name} - `);
    for (const name of ['vue', 'electron']) expect(licences).not.toContain(`## ${name} - `);
  });
});

describe('installed in an empty folder', () => {
  it('says its version', async () => {
    const { version } = manifestIn(root);
    expect(await tokenTray(['--version'])).toEqual({ exitCode: 0, stdout: version, stderr: '' });
  });

  it('signs in to the service, hands out the token, runs a command with it, and finds nothing to mend', async () => {
    await using service = await startAuthService();
    const home = await temporaryHome();
    await using agent = await AgentProcess.start({
      home,
      program: installed.program,
      args: ['--api', service.url, '--username', demo.username],
      password: demo.password,
    });
    const env = { TOKEN_TRAY_HOME: home };
    const token = await agent.token();
    expect(await tokenTray(['token'], env)).toEqual({ exitCode: 0, stdout: token, stderr: '' });
    const printing = ['exec', '--', 'node', '-p', 'process.env.TOKEN_TRAY_ACCESS_TOKEN'];
    expect(await tokenTray(printing, env)).toEqual({ exitCode: 0, stdout: token, stderr: '' });
    expect((await tokenTray(['status'], env)).stdout).toContain('Signed in.');
    const doctor = await tokenTray(['doctor'], env);
    expect(doctor.stdout).toContain('Nothing needs mending.');
    expect(doctor.exitCode).toBe(0);
    expect(service.stats()).toMatchObject({ logins: 1, refreshes: 0 });
    expect(await agent.end()).toBe(0);
    expect(existsSync(join(home, 'endpoint.json'))).toBe(false);
    expect((await tokenTray(['token'], env)).exitCode).toBe(4);
  });

  // Where the library is missing, what it says of the bus could not be said.
  it.runIf(process.platform === 'linux')('finds the library of the key store', async () => {
    await using service = await startAuthService();
    const home = await temporaryHome();
    const env = { TOKEN_TRAY_HOME: home, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' };
    const { stdout } = await tokenTray(['doctor', '--json', '--api', service.url], env);
    expect(stdout).toContain('DBus error');
  });

  it.each(['22.12.0', '24.4.1'])('P3 says in one sentence that Node.js %s is too old', async (version) => {
    const said = await tokenTray(['token'], nodeOptions(version));
    expect(said).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Token Tray needs Node.js 24.5 or later, and this is ${version}: install it from https://nodejs.org.`,
    });
  });

  it('P3 runs on Node.js 24.5', async () => {
    const { version } = manifestIn(root);
    expect(await tokenTray(['--version'], nodeOptions('24.5.0'))).toMatchObject({
      exitCode: 0,
      stdout: version,
    });
  });

  it('P3 loads nothing before the check that an older Node.js cannot read', () => {
    const first = ['token-tray', 'rolldown-runtime'].map((name) => `cli/${name}.cjs`);
    for (const file of first) {
      const code = readFileSync(join(installed.folder, file), 'utf8');
      // The syntax of Node.js 18, the last that npm 10 runs on.
      const old = { languageOptions: { ecmaVersion: 2022, sourceType: 'commonjs' } } as const;
      expect(new Linter().verify(code, old).filter(({ fatal }) => fatal)).toEqual([]);
      const loaded = [...code.matchAll(/require\(.(\.\/[\w-]+\.cjs).\)/g)].map(([, path]) => path);
      const atOnce = loaded.filter((path) => !code.includes(`.then(()=>require("${path}"))`));
      expect(first).toEqual(expect.arrayContaining(atOnce.map((path = '') => path.replace('.', 'cli'))));
    }
  });

  it.runIf(process.getuid?.() === 0)('by root, it works for others who cannot write to it', async () => {
    rmSync(join(installed.folder, 'cli/compiled'), { recursive: true, force: true });
    // The project may stand in a folder that nobody else enters, with the Node.js that runs this.
    const node = join(dirname(installed.tarball), '../node');
    mkdirSync(node);
    copyFileSync(process.execPath, join(node, 'node'), constants.COPYFILE_FICLONE);
    const home = await temporaryHome();
    const env = { PATH: [node, process.env['PATH']].join(delimiter) };
    const said = await tokenTray(['status', '--home', home], env, 65_534);
    expect(said).toMatchObject({ exitCode: 4, stdout: '' });
    expect(said.stderr.split('\n')).toHaveLength(1);
    expect(existsSync(join(installed.folder, 'cli/compiled'))).toBe(false);
  });
});

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import plist from 'plist';
import { describe, expect, it } from 'vitest';
import { temporaryHome } from '../support/temporary-home.ts';

const root = join(import.meta.dirname, '../..');
const source = join(root, 'packaging/launchd');
const name = 'io.github.token-tray.agent.plist';
const posix = process.platform !== 'win32';

interface Job {
  readonly Label: string;
  readonly ProgramArguments: readonly string[];
  readonly KeepAlive: unknown;
  readonly RunAtLoad: boolean;
  readonly Umask: number;
}

const jobIn = (file: string) => plist.parse(readFileSync(file, 'utf8')) as unknown as Job;

async function program(script: string): Promise<string> {
  const file = join(await temporaryHome(), 'node');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** As launchd runs it, with a made-up Node.js. */
async function started(node: string) {
  const home = await temporaryHome();
  const child = spawn('/bin/sh', [join(source, 'agent.sh'), node, '/x/token-tray.cjs'], {
    env: { PATH: '/usr/bin:/bin', HOME: home },
    stdio: 'ignore',
  });
  const log = () => readFileSync(join(home, 'Library/Logs/token-tray-agent.log'), 'utf8');
  return { child, log, home };
}

describe.runIf(posix)('the LaunchAgent', () => {
  it('M3 starts at login, and again after a failure alone', () => {
    const job = jobIn(join(source, name));
    expect(`${job.Label}.plist`).toBe(name);
    expect(job).toMatchObject({ RunAtLoad: true, KeepAlive: { SuccessfulExit: false }, Umask: 0o77 });
  });

  it.each([
    [0, 0],
    [1, 1],
    [2, 0],
    [3, 0],
    [5, 0],
    [127, 0],
    [134, 134],
  ])(
    'M3 tells launchd of exit code %i as %i, so that a refused sign-in is not repeated',
    async (code, told) => {
      const { child, log } = await started(await program(`echo "$@"; exit ${code}`));
      await once(child, 'close');
      expect(child.exitCode).toBe(told);
      expect(log()).toContain('/x/token-tray.cjs agent\n');
      expect(log().includes('is not started again')).toBe(code !== told);
    },
  );

  it('M3 is not started again where Node.js is missing', async () => {
    const { child, log } = await started('/nonexistent/node');
    await once(child, 'close');
    expect(child.exitCode).toBe(0);
    expect(log()).toContain('exit code 127');
  });

  it('M3 passes launchd’s signal on, and waits until the agent has ended', async () => {
    const script = `trap 'sleep 0.2; echo ended; exit 0' TERM; touch "$HOME/ready"; while :; do sleep 0.05; done`;
    const { child, log, home } = await started(await program(script));
    await expect.poll(() => existsSync(join(home, 'ready'))).toBe(true);
    child.kill('SIGTERM');
    await once(child, 'close');
    expect([child.exitCode, log()]).toEqual([0, 'ended\n']);
  });

  it('M3 gets absolute paths by the lines of docs/macos.md, and is started in the gui domain', async () => {
    const home = await temporaryHome();
    const [, lines = ''] = /^```sh\n(package=.*?)^```/ms.exec(
      readFileSync(join(root, 'docs/macos.md'), 'utf8'),
    ) ?? ['', ''];
    const modules = join(home, 'lib & more');
    cpSync(source, join(modules, 'token-tray/launchd'), { recursive: true });
    const tools = join(home, 'bin');
    mkdirSync(tools);
    const plutil = `import plist from '${join(root, 'node_modules/plist/index.js')}';
      import { readFileSync, writeFileSync } from 'node:fs';
      const [, , , path, , text, file] = process.argv;
      const [key, index] = path.split('.');
      const job = plist.parse(readFileSync(file, 'utf8'));
      job[key][index] = text;
      writeFileSync(file, plist.build(job));`;
    writeFileSync(join(tools, 'plutil.mjs'), plutil);
    const scripts = {
      npm: `echo "${modules}"`,
      plutil: `exec "${process.execPath}" "${join(tools, 'plutil.mjs')}" "$@"`,
      launchctl: `echo "$@" > "${join(home, 'launchctl')}"`,
      node: '',
    };
    for (const [tool, script] of Object.entries(scripts)) {
      writeFileSync(join(tools, tool), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    }
    const env = { PATH: `${tools}:/usr/bin:/bin`, HOME: home };
    const { status, stderr } = spawnSync('/bin/sh', ['-e', '-c', lines], { env, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    const file = join(home, 'Library/LaunchAgents', name);
    expect(jobIn(file).ProgramArguments).toEqual([
      '/bin/sh',
      join(modules, 'token-tray/launchd/agent.sh'),
      join(tools, 'node'),
      join(modules, 'token-tray/cli/token-tray.cjs'),
    ]);
    expect(readFileSync(join(home, 'launchctl'), 'utf8')).toMatch(/^bootstrap gui\/\d+ \/.*\.plist\n$/);
  });
});

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPort } from '../../electron/contract/default-port.ts';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { AgentProcess, program } from '../support/token-tray-process.ts';

const root = join(import.meta.dirname, '../..');
const orders = '/allocation/api/v1/tracking/order-list';
const username = 'demo@example.com';
const hasCurl = process.platform !== 'win32' && spawnSync('curl', ['--version']).status === 0;

/** The lines under a heading that a person with a tool types, without the remarks behind them. */
function linesOf(page: string, heading: RegExp): readonly string[] {
  const [, part = ''] = heading.exec(readFileSync(join(root, page), 'utf8')) ?? [];
  return (
    [...part.matchAll(/^```sh\n(.*?)^```/gms)]
      .flatMap(([, block = '']) => block.split('\n'))
      .map((line) => line.replace(/\s+#.*$/, ''))
      // As `asHere` has both forms run the same program.
      .map((line) => line.replace('npx --no-install token-tray', 'token-tray'))
      .filter((line) => line !== '')
  );
}

const lines = [
  ...linesOf('README.md', /^## Connect a tool\n(.*?)^## /ms),
  ...linesOf('docs/connect-a-tool.md', /^(.*)$/s),
];

const hasSs = spawnSync('ss', ['--version']).status === 0;
const [ownCheck = ''] =
  /^## Check it yourself\n.*?^```sh\n(.*?)^```/ms
    .exec(readFileSync(join(root, 'docs/security.md'), 'utf8'))
    ?.slice(1) ?? [];

let service: AuthService;
let agent: AgentProcess;
let folder: string;

beforeAll(async () => {
  service = await startAuthService();
  folder = mkdtempSync(join(tmpdir(), 'token-tray-lines-'));
  agent = await AgentProcess.start({
    home: join(folder, 'home'),
    args: ['--api', service.url, '--username', username],
    password: 'correct horse',
    env: { TOKEN_TRAY_KEY_STORE: 'memory' },
  });
  const script = '#!/bin/sh\necho "${TOKEN_TRAY_ACCESS_TOKEN-$TOKEN_TRAY_KEY}"\n';
  writeFileSync(join(folder, 'sync.sh'), script, { mode: 0o755 });
  writeFileSync(join(folder, 'header.txt'), `Authorization: Bearer ${agent.endpoint().key}\n`);
});

afterAll(async () => {
  await agent.end();
  await service.close();
  rmSync(folder, { recursive: true });
});

/** What stands for something of the reader's own, put in; all else is run as it stands. */
async function asHere(line: string): Promise<string> {
  return line
    .replaceAll(/(?:npx --no-install )?(?<![./\w-])token-tray /g, `'${process.execPath}' '${program}' `)
    .replaceAll(`http://127.0.0.1:${defaultPort}`, agent.url)
    .replaceAll('/proxy/orders', `/proxy${orders}`)
    .replaceAll('https://api.example.com/orders', service.url + orders)
    .replaceAll('anna@warehouse.example', username)
    .replaceAll('THE TOKEN', await agent.token());
}

describe.skipIf(!hasCurl)('a line of the pages about tools', () => {
  it('is there to be tried', () => {
    expect(lines.length).toBeGreaterThan(10);
  });

  it.each([...new Set(lines)])('%s', async (line) => {
    const child = spawn('sh', ['-c', await asHere(line)], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: '/nonexistent', TOKEN_TRAY_HOME: agent.home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [said, trouble] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    expect([child.exitCode, said === '', /error|"code"/i.test(said)], trouble).toEqual([0, false, false]);
    const added = /tools (?:add|revoke) (\S+)/.exec(line)?.[1];
    // Each line is one way out of several: the next may take the same name.
    if (line.includes('tools add')) {
      await agent.fetch('/v1/tools/revoke', { method: 'POST', body: JSON.stringify({ name: added }) });
    }
  });
});

describe.skipIf(!hasCurl || !hasSs)('what the page about security lets its reader check', () => {
  it('comes out as it says there, line by line', async () => {
    const script = await asHere(ownCheck);
    const child = spawn('sh', ['-c', script], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: '/nonexistent', TOKEN_TRAY_HOME: agent.home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [said, trouble] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    expect(trouble).toBe('');
    expect(said).toMatch(/^401\n200\n403\n403\ntotal/);
    const files = [...said.matchAll(/^([-dls][rwx-]{9})/gm)].map(([, mode]) => mode);
    expect(files).toContain('drwx------');
    // The folder above is the system's own; a socket's mode is that of a file.
    expect(files.filter((mode) => mode?.startsWith('-') && mode !== '-rw-------')).toEqual([]);
    expect(said.match(/\S+:\d+/g)).toContain(new URL(agent.url).host);
    expect(said).not.toContain(await agent.token());
    expect(said.split('\n').filter((line) => line.startsWith(agent.home))).toEqual([]);
    expect(JSON.parse(said.slice(said.lastIndexOf('\n{') + 1))).toMatchObject({ state: 'active' });
  });
});

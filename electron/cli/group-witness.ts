import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { childEnvironment } from '../contract/child-environment.ts';

type WitnessProcess = ChildProcessByStdio<Writable, Readable, null>;

/** Answers each line with the same line. Written in the shell because starting one costs a millisecond. */
const echo = 'while read -r line; do echo "$line"; done';

/**
 * A process in our own process group that tells whether a signal went to the whole group, as a terminal and `timeout`
 * send it, or to us alone, as `kill` sends it. Node does not tell who sent a signal (`si_code`). The kernel signals all
 * of a group at once, so a witness that still answers after we were signalled was left out.
 */
export class GroupWitness {
  #process = start();
  #turn: Promise<unknown> = Promise.resolve();

  /** Whether the signal that has just come went to the whole group; null: unknown. */
  saw(signal: NodeJS.Signals): Promise<boolean | null> {
    const answer = this.#turn.then(() => this.#ask(signal));
    this.#turn = answer;
    return answer;
  }

  end(): void {
    this.#process.kill('SIGKILL');
    this.#process.stdin.destroy();
  }

  async #ask(signal: NodeJS.Signals): Promise<boolean | null> {
    const witness = this.#process;
    if (witness.pid === undefined) return null;
    const answered = await answers(witness);
    if (answered) return false;
    this.#process = start();
    return witness.signalCode === signal;
  }
}

function start(): WitnessProcess {
  const witness = spawn('/bin/sh', ['-c', echo], {
    env: childEnvironment(process.env),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // No shell, or one that is gone: `pid` and `signalCode` say it.
  witness.on('error', () => undefined);
  witness.stdin.on('error', () => undefined);
  return witness;
}

/** Whether it is still there to answer. */
function answers(witness: WitnessProcess): Promise<boolean> {
  if (witness.exitCode !== null || witness.signalCode !== null) return Promise.resolve(false);
  return new Promise((resolve) => {
    witness.once('exit', () => resolve(false));
    witness.stdout.once('data', () => resolve(true));
    witness.stdin.write('\n');
  });
}

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';

/** Connections that say nothing and come back whenever they are closed, from a process of their own. */
export class Flood implements AsyncDisposable {
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  /** Answers once each connection has been made. `port`: of 127.0.0.1. */
  static async start(port: number, count: number): Promise<Flood> {
    const process = fork(import.meta.filename, [String(port), String(count)]);
    await once(process, 'message');
    return new Flood(process);
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill('SIGKILL');
    if (this.isRunning) await once(this.#process, 'exit');
  }
}

function keepComing(port: number, connected: () => void): void {
  const come = () => {
    connect(port, '127.0.0.1', connected)
      .on('error', () => undefined)
      .on('close', () => setImmediate(come))
      .resume();
  };
  come();
}

if (import.meta.main) {
  const [, , port, count] = process.argv;
  let connections = 0;
  for (let number = 0; number < Number(count); number++) {
    keepComing(Number(port), () => {
      connections++;
      if (connections === Number(count)) process.send?.('all here');
    });
  }
}

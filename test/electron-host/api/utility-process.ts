import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { ForkOptions } from 'electron';
import { app } from './app.ts';

// `process.parentPort`, by Node's own channel.
const port = `
import { EventEmitter } from 'node:events';
const port = Object.assign(new EventEmitter(), { postMessage: (message) => void process.send(message) });
process.on('message', (data) => port.emit('message', { data, ports: [] }));
process.parentPort = port;
`;

/** A child of `electron.utilityProcess`: Node alone, with a channel for messages. */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  #ended = false;

  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    child.once('spawn', () => this.emit('spawn'));
    child.on('message', (message) => this.emit('message', message));
    child.once('exit', (code) => {
      this.#ended = true;
      this.emit('exit', code ?? 1);
    });
  }

  get pid(): number | undefined {
    return this.#ended ? undefined : this.#child.pid;
  }
  postMessage(message: unknown): void {
    this.#child.send(message as object);
  }
  kill(): boolean {
    return this.#child.kill();
  }
}

/** `electron.utilityProcess`. */
export const utilityProcess = {
  fork(modulePath: string, args: string[] = [], options: ForkOptions = {}): UtilityProcess {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
    const { cwd, env, execArgv = [], stdio = 'inherit' } = options;
    if (stdio !== 'ignore' && stdio !== 'inherit') throw new TypeError('The stand-in knows no pipes here.');
    const child = fork(modulePath, args, {
      ...(cwd !== undefined && { cwd }),
      ...(env && { env: env as NodeJS.ProcessEnv }),
      execArgv: [`--import=data:text/javascript,${encodeURIComponent(port)}`, ...execArgv],
      stdio: ['ignore', stdio, stdio, 'ipc'],
    });
    return new UtilityProcess(child);
  },
};

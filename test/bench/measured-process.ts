import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';

const probe = join(import.meta.dirname, 'probe.cjs');

const usage = z.object({ cpuMicros: z.number(), residentBytes: z.number() });

/** Processor time of the whole process since its start, in microseconds; memory in bytes. */
export type Usage = Readonly<z.output<typeof usage>>;

interface ProgramStart {
  /** The script and its arguments. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What it finds on standard input. */
  readonly input?: string;
}

/** A server in a Node process of its own that says `ready URL`, and how much processor and memory it took so far. */
export class MeasuredProcess implements AsyncDisposable {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  /** Fails with what the program said if it ends before it is ready. It ends with us, whatever ends us. */
  static async start({ args, env, input = '' }: ProgramStart): Promise<MeasuredProcess> {
    const child = spawn(process.execPath, ['--expose-gc', '--require', probe, ...args], {
      // NODE_OPTIONS: for `--cpu-prof`.
      env: { PATH: process.env['PATH'], NODE_OPTIONS: process.env['NODE_OPTIONS'], ...env },
      stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
    let said = '';
    const url = await new Promise<string>((resolve, reject) => {
      child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
      child.stdout?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const ready = /^ready (\S+)$/m.exec(said)?.[1];
        if (ready !== undefined) resolve(ready);
      });
      child.on('error', reject);
      child.on('close', () => reject(new Error(`${args.join(' ')} ended: ${said}`)));
    });
    return new MeasuredProcess(url, child);
  }

  usage(): Promise<Usage> {
    return this.#ask('usage');
  }

  /** The same, after all that nobody needs has been collected. */
  settled(): Promise<Usage> {
    return this.#ask('settled');
  }

  async #ask(question: 'usage' | 'settled'): Promise<Usage> {
    const answered = once(this.#child, 'message');
    this.#child.send(question);
    return usage.parse((await answered)[0]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGTERM');
    await closed;
  }
}

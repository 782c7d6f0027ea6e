import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'vitest';
import { patienceMs } from '../support/terminal.ts';

const host = join(import.meta.dirname, 'console-program.ts');

interface Message {
  readonly screen?: string;
  readonly code?: number | null;
  readonly closed?: boolean;
}

/** A program in a console of its own, with a person at it. */
export class ConsoleProgram implements AsyncDisposable {
  readonly #host: ChildProcess;
  readonly #messages: Message[] = [];
  #stderr = '';

  /** `command`: a Node.js program and its arguments. */
  constructor(command: readonly string[], env: Readonly<Record<string, string | undefined>>) {
    this.#host = spawn(process.execPath, [host, process.execPath, ...command], { env, stdio: 'pipe' });
    const { stdin, stdout, stderr } = this.#host;
    if (stdin === null || stdout === null || stderr === null) throw new Error('no pipes');
    stdin.on('error', () => undefined);
    createInterface({ input: stdout }).on('line', (line) => this.#messages.push(JSON.parse(line) as Message));
    stderr.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()));
  }

  press(keys: 'ctrl-c' | 'ctrl-break' | 'close'): void {
    this.#send({ press: keys });
  }

  type(text: string): void {
    this.#send({ type: text });
  }

  /** Waits until the screen shows this. */
  async shows(wanted: string): Promise<string> {
    const read = async () => {
      const before = this.#messages.length;
      this.#send({ read: true });
      await expect
        .poll(() => this.#messages.slice(before).some(({ screen }) => screen !== undefined), {
          timeout: patienceMs,
          message: this.#stderr,
        })
        .toBe(true);
      return this.#messages.findLast(({ screen }) => screen !== undefined)?.screen ?? '';
    };
    let screen = '';
    // One line of the screen is as wide as the window: a long sentence stands in two.
    await expect
      .poll(async () => (screen = await read()).replaceAll('\n', ''), { timeout: patienceMs })
      .toContain(wanted);
    return screen;
  }

  /** Waits for the program's end and answers its exit code. */
  async ended(): Promise<number | null> {
    const end = () => this.#messages.find(({ code }) => code !== undefined);
    await expect.poll(() => end() !== undefined, { timeout: patienceMs, message: this.#stderr }).toBe(true);
    return end()?.code ?? null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#host.exitCode !== null || this.#host.signalCode !== null) return;
    const closed = once(this.#host, 'close');
    this.#host.kill('SIGKILL');
    await closed;
  }

  #send(line: unknown): void {
    this.#host.stdin?.write(`${JSON.stringify(line)}\n`);
  }
}

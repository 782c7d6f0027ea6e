import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'vitest';

const host = join(import.meta.dirname, 'console-program.ts');
/** A start of Node.js takes seconds under Wine, and many on a loaded machine. */
const patience = { timeout: 90_000 };

/** A program in a console of its own, which a person closes or presses keys in. Its output is read through pipes. */
export class ConsoleProgram implements AsyncDisposable {
  readonly #host: ChildProcess;
  #stdout = '';
  #stderr = '';

  /** `words`: a Node.js program and its arguments. */
  constructor(words: readonly string[], env: Readonly<Record<string, string | undefined>>) {
    this.#host = spawn(process.execPath, [host, process.execPath, ...words], { env, stdio: 'pipe' });
    this.#host.stdin?.on('error', () => undefined);
    this.#host.stdout?.on('data', (chunk: Buffer) => (this.#stdout += chunk.toString()));
    this.#host.stderr?.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()));
  }

  /** Waits until the program has written this. */
  async wrote(text: string): Promise<void> {
    await expect.poll(() => this.#stdout + this.#stderr, patience).toContain(text);
  }

  press(keys: 'ctrl-c' | 'ctrl-break' | 'close'): void {
    this.#host.stdin?.write(`${keys}\n`);
  }

  /** Waits for the program's end and answers its exit code, as text. */
  async ended(): Promise<string> {
    const end = () => /^ended (\S+)$/m.exec(this.#stderr)?.[1];
    await expect.poll(() => end() !== undefined, patience).toBe(true);
    return end() ?? '';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#host.exitCode !== null || this.#host.signalCode !== null) return;
    const exited = once(this.#host, 'exit');
    this.#host.kill('SIGKILL');
    await exited;
  }
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'vitest';

const host = join(import.meta.dirname, 'console-program.ts');
/** A start of Node.js takes seconds under Wine, and many on a loaded machine. */
const patience = { timeout: 90_000 };

/**
 * A program in a console of its own, in which keys are pressed. Its output is read through pipes: with these and
 * `windowsHide`, libuv starts it with CREATE_NO_WINDOW, which means a new console without a window. One that the program
 * makes itself would take its handlers away (Microsoft, "SetConsoleCtrlHandler").
 */
export class ConsoleProgram implements AsyncDisposable {
  readonly #host: ChildProcess;
  #stdout = '';
  #stderr = '';

  /** `words`: a Node.js program and its arguments. */
  constructor(words: readonly string[], env: Readonly<Record<string, string | undefined>>) {
    const args = [host, process.execPath, ...words];
    this.#host = spawn(process.execPath, args, { env, stdio: 'pipe', windowsHide: true });
    this.#host.stdin?.on('error', () => undefined);
    this.#host.stdout?.on('data', (chunk: Buffer) => (this.#stdout += chunk.toString()));
    this.#host.stderr?.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()));
  }

  /** Waits until the program has written this. */
  async wrote(text: string): Promise<void> {
    await expect.poll(() => this.#stdout + this.#stderr, patience).toContain(text);
  }

  press(keys: 'ctrl-c' | 'ctrl-break'): void {
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

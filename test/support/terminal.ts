import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { python } from './python.ts';

/** Whether tests can open a terminal here: it takes Python 3, and Windows has no pty. */
export const hasTerminal =
  process.platform !== 'win32' && spawnSync(python, ['-c', 'import pty'], { stdio: 'ignore' }).status === 0;

/** For a loaded computer: a program has to start before it shows anything. */
export const patienceMs = 45_000;

/** A command on a terminal (pty) of its own, in a session of its own, as a person starts it. */
export class Terminal implements AsyncDisposable {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #end: Promise<string>;
  #screen = '';

  constructor(command: readonly string[], env: Readonly<Record<string, string | undefined>> = {}) {
    this.#child = spawn(python, [join(import.meta.dirname, 'terminal.py'), ...command], {
      env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env },
    });
    this.#child.stdin.on('error', () => undefined);
    this.#child.stdout.on('data', (chunk: Buffer) => (this.#screen += chunk.toString()));
    this.#end = text(this.#child.stderr);
  }

  /** All that was written to it, with what was typed where it echoes. */
  get screen(): string {
    return this.#screen;
  }

  type(keys: string | Uint8Array): void {
    this.#child.stdin.write(keys);
  }

  /** Waits until the screen shows this, and answers what it shows of it. */
  async shows(pattern: RegExp): Promise<string> {
    await expect.poll(() => this.#screen, { timeout: patienceMs }).toMatch(pattern);
    return pattern.exec(this.#screen)?.[0] ?? '';
  }

  /** How the command ended: `exit 3`, or `signal 2`. */
  async ended(): Promise<string> {
    return (await this.#end).trim();
  }

  /** A hang-up: the terminal goes, with all that runs on it. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await closed;
  }
}

export const keys = { interrupt: '\u0003', endOfInput: '\u0004', enter: '\r', eraseLine: '\u0015' } as const;

import type { ChildProcess } from 'node:child_process';

export interface StartedProgram {
  readonly child: ChildProcess;
  /** Rejects when the program has ended, with how. */
  readonly exited: Promise<never>;
}

export function startProgram(
  name: string,
  file: string,
  args: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly input?: string },
): StartedProgram;

export function readyAddress(program: StartedProgram): Promise<string>;

export function stopPrograms(): Promise<void>;

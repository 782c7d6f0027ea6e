// The programs that the demo starts, and their end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const children = [];

/** Starts a program with the demo's own environment. What it says on standard error is kept for a failure. */
export function startProgram(name, file, args, { env, input = '' }) {
  const child = spawn(file, args, { cwd: root, env, stdio: ['pipe', 'pipe', 'pipe'] });
  children.push(child);
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const exited = Promise.race([
    once(child, 'exit').then(([code]) => `ended with exit code ${code}. ${said.trim()}`),
    once(child, 'error').then(([error]) => `could not be started: ${error.message}`),
  ]).then((how) => {
    throw new Error(`${name} ${how}`);
  });
  exited.catch(() => undefined);
  return { child, exited };
}

/** The address in the program's `ready` line. */
export async function readyAddress({ child, exited }) {
  const ready = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('ready ')) return line.slice('ready '.length);
    }
    return exited;
  })();
  return Promise.race([ready, exited]);
}

/** Ends all that was started, and waits for it. */
export async function stopPrograms() {
  await Promise.all(
    children.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    }),
  );
}

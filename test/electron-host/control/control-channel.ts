import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { CallName, ControlCalls } from './calls.ts';
import { hostSettings } from './settings.ts';

interface Call {
  readonly id: number;
  readonly name: CallName;
  readonly args: readonly unknown[];
}

const answers = new Map<string, (...args: never[]) => unknown>();

/** Says how a call of the test is answered; each part of the stand-in answers its own. */
export function onControl<Name extends CallName>(name: Name, answer: ControlCalls[Name]): void {
  answers.set(name, answer);
}

/** Listens to the test on file descriptor 3, one line of JSON a call. The descriptor keeps no process alive. */
export function openControlChannel(): void {
  if (hostSettings.controlled !== true) return;
  const socket = new Socket({ fd: 3 });
  socket.unref();
  socket.on('error', () => undefined);
  // The test is gone, perhaps without a chance to end the app: nobody else would.
  socket.on('close', () => process.exit(1));
  const say = (message: object) => socket.write(`${JSON.stringify(message)}\n`);
  const lines = createInterface({ input: socket }).on('error', () => undefined);
  lines.on('line', (line) => {
    const { id, name, args } = JSON.parse(line) as Call;
    void (async () => {
      try {
        const answer = answers.get(name) as ((...args: unknown[]) => unknown) | undefined;
        if (answer === undefined) throw new Error(`The stand-in has no call ${name}.`);
        say({ id, answer: await answer(...args) });
      } catch (error) {
        say({ id, error: error instanceof Error ? error.message : String(error) });
      }
    })();
  });
}

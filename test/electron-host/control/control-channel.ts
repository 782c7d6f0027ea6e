import { rmSync } from 'node:fs';
import { createServer, Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { CallName, ControlCalls } from './calls.ts';
import { controlSocket, hostSettings } from './settings.ts';

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

/**
 * Listens to the test: on file descriptor 3, or, after `app.relaunch`, on a socket that the test connects to. One line
 * of JSON a call. Neither keeps the process alive.
 */
export function openControlChannel(): void {
  const { controlled, controller, systemFolder } = hostSettings;
  if (controlled === true) listenTo(new Socket({ fd: 3 }));
  if (controller === undefined || systemFolder === undefined) return;
  const path = controlSocket(systemFolder);
  rmSync(path, { force: true });
  const server = createServer(listenTo).listen(path).unref();
  // Until the test has connected, only this ends an app whose test is gone.
  const watch = setInterval(() => endWithout(controller), 500).unref();
  server.on('close', () => clearInterval(watch));
}

function listenTo(socket: Socket): void {
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

function endWithout(controller: number): void {
  try {
    process.kill(controller, 0);
  } catch {
    process.exit(1);
  }
}

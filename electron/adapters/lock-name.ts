import { connect, createServer, type Server } from 'node:net';
import { failed, succeeded, type Result } from '../contract/result.ts';
import { errorCode } from './unwritable-reason.ts';

const answerWithinMs = 1000;
const tries = 5;

/** `pid` null: nobody told one within a second. */
export interface NameOwner {
  readonly alive: boolean;
  readonly pid: number | null;
}

/**
 * Listens on a name that one process at a time can have, and tells whoever connects its process id. Does not keep
 * the process alive. Answers how to let go, or the owner's process id (null: it did not tell). Rejects with a
 * system error where the name cannot be listened on at all.
 */
export async function holdName(name: string): Promise<Result<() => Promise<void>, number | null>> {
  for (let left = tries; left > 0; left -= 1) {
    const server = await listen(name);
    if (server) return succeeded(() => closed(server));
    const owner = await askOwner(name);
    if (owner.alive) return failed(owner.pid);
    // Nobody there: the owner ended in between, and the name is free by now.
  }
  return failed(null);
}

function listen(name: string): Promise<Server | null> {
  const { promise, resolve, reject } = Promise.withResolvers<Server | null>();
  const server = createServer((asker) => {
    asker.on('error', () => undefined);
    asker.setTimeout(answerWithinMs, () => asker.destroy());
    asker.unref();
    asker.end(`${process.pid}\n`);
  });
  server.unref();
  server.once('listening', () => resolve(server));
  server.once('error', (error) => {
    if (errorCode(error) === 'EADDRINUSE') resolve(null);
    else reject(error);
  });
  server.listen(name);
  return promise;
}

/** Whether somebody listens on the name, and the process id that it tells; does not take the name. */
export function askOwner(name: string): Promise<NameOwner> {
  const { promise, resolve } = Promise.withResolvers<NameOwner>();
  const asker = connect(name);
  let alive = false;
  let answer = '';
  asker.setEncoding('latin1');
  asker.setTimeout(answerWithinMs, () => asker.destroy());
  asker.on('connect', () => (alive = true));
  asker.on('data', (part: string) => {
    answer += part;
    // Whoever answers more than a number is not one of us.
    if (answer.length > 16) asker.destroy();
  });
  asker.on('error', () => undefined);
  asker.on('close', () => {
    const [, pid] = /^(\d{1,10})\n$/.exec(answer) ?? [];
    resolve({ alive, pid: pid === undefined ? null : Number(pid) });
  });
  return promise;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

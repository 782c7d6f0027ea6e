import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { utilityProcess } from 'electron';
import { childEnvironment } from '../contract/child-environment.ts';

const limitMs = 5_000;

/**
 * Runs a script as a process of Node and gives its first message; null: there was none. In Electron's utility process,
 * because the packaged app cannot be started as Node (the fuse `RunAsNode` is off).
 */
export async function firstMessage(script: string): Promise<string | null> {
  const child = utilityProcess.fork(script, [], {
    env: childEnvironment(process.env),
    stdio: 'ignore',
    serviceName: 'Certificates',
  });
  const over = new AbortController();
  try {
    const message: unknown = await Promise.race([
      once(child, 'message', { signal: over.signal }).then(([first]: unknown[]) => first),
      once(child, 'exit', { signal: over.signal }).then(() => null),
      delay(limitMs, null, { signal: over.signal }),
    ]);
    return typeof message === 'string' ? message : null;
  } catch {
    return null;
  } finally {
    over.abort();
    child.kill();
  }
}

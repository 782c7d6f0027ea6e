import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { childEnvironment, withVariables } from '../contract/child-environment.ts';
import { nodeProgram } from './node-program.ts';

/** One call to the operating system's key store, on the entry of a user name. */
export type KeyStoreCall =
  | { readonly do: 'get' | 'delete'; readonly user: string }
  | { readonly do: 'set'; readonly user: string; readonly secret: string };

/**
 * `none`: there is no key store to ask. `refused`: there is one, and it did not do it, after `tookMs`. `broken`: it was not
 * asked to the end. `detail`: its own words, or what broke.
 */
export type KeyStoreReply =
  | { readonly kind: 'done'; readonly secret: string | null }
  | { readonly kind: 'refused'; readonly detail: string; readonly tookMs: number }
  | { readonly kind: 'none' | 'broken'; readonly detail: string };

/** The key store for as long as one piece of work takes. */
export interface KeyStoreSession {
  call(call: KeyStoreCall): Promise<KeyStoreReply>;
  /** Breaks off what is under way, prompts on the screen included. */
  end(): void;
}

// Not `require`: a bundle of ES modules has one of that name itself.
const ours = createRequire(import.meta.url);
const service = 'Token Tray';
const reply = z.union([
  z.object({ kind: z.literal('done'), secret: z.string().nullable() }),
  z.object({ kind: z.literal('refused'), detail: z.string(), tookMs: z.number() }),
  z.object({ kind: z.literal('none'), detail: z.string() }),
]);

/*
 * What the other process runs: a line of JSON in, a line of JSON out. When we are gone it ends by SIGKILL, because
 * exit() would wait for the call that hangs. The calls are made in a thread, because some hang before they give a
 * promise (a D-Bus that takes connections and says nothing), and nobody would see our end.
 * On Linux the library would take the kernel's keyring where no Secret Service answers, and that one forgets all at
 * the next start of the computer: hence `store`.
 */
const thread = `
const { parentPort, workerData: [library, service] } = require('node:worker_threads');
const options = { linux: { store: 'secret-service' } };
const words = (error) => String(error && error.message);
const answer = (reply) => parentPort.postMessage(reply);
parentPort.on('message', async (call) => {
  let entry;
  try {
    entry = new (require(library).AsyncEntry)(service, call.user, options);
  } catch (error) {
    return answer({ kind: 'none', detail: words(error) });
  }
  const began = performance.now();
  try {
    let secret = null;
    if (call.do === 'get') secret = await entry.getPassword();
    if (call.do === 'set') await entry.setPassword(call.secret);
    if (call.do === 'delete') await entry.deleteCredential();
    answer({ kind: 'done', secret });
  } catch (error) {
    answer({ kind: 'refused', detail: words(error), tookMs: performance.now() - began });
  }
});`;
const program = `
const { Worker } = require('node:worker_threads');
const worker = new Worker(${JSON.stringify(thread)}, { eval: true, workerData: process.argv.slice(1) });
worker.on('message', (reply) => process.stdout.write(JSON.stringify(reply) + '\\n'));
const lines = require('node:readline').createInterface({ input: process.stdin });
lines.on('close', () => process.kill(process.pid, 'SIGKILL'));
lines.on('line', (line) => worker.postMessage(JSON.parse(line)));`;

/**
 * The key store, asked in a process of its own: a call that waits for a prompt cannot be taken back, holds one of
 * Node's few worker threads, and even keeps `process.exit` waiting; a process can be ended. Secrets pass through
 * its pipes alone. It does not keep this process alive.
 */
export function openKeyStore(): KeyStoreSession {
  let library: string;
  try {
    library = ours.resolve('@napi-rs/keyring');
  } catch (error) {
    return new AbsentKeyStore(error instanceof Error ? error.message : String(error));
  }
  // What is meant for us is not meant for it.
  const env = withVariables(childEnvironment(process.env), { NODE_OPTIONS: '' }, process.platform);
  const child = spawn(nodeProgram(), ['-e', program, library, service], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  return new KeyStoreProcess(child);
}

class KeyStoreProcess implements KeyStoreSession {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  #waiting: ((reply: KeyStoreReply) => void) | null = null;
  #ended: KeyStoreReply | null = null;

  constructor(child: ChildProcessByStdio<Writable, Readable, null>) {
    this.#child = child;
    const { stdin, stdout } = child;
    child.unref();
    for (const pipe of [stdin, stdout]) if (pipe instanceof Socket) pipe.unref();
    child.once('error', (error) => this.#end(error.message));
    child.once('close', () => this.#end('the key store’s process ended'));
    stdin.on('error', () => undefined);
    createInterface({ input: stdout }).on('line', (line) => this.#settle(readReply(line)));
  }

  call(call: KeyStoreCall): Promise<KeyStoreReply> {
    if (this.#ended) return Promise.resolve(this.#ended);
    const { promise, resolve } = Promise.withResolvers<KeyStoreReply>();
    this.#waiting = resolve;
    this.#child.stdin.write(`${JSON.stringify(call)}\n`);
    return promise;
  }

  end(): void {
    this.#end('broken off');
    this.#child.kill('SIGKILL');
  }

  #end(detail: string): void {
    this.#ended ??= { kind: 'broken', detail };
    this.#settle(this.#ended);
  }

  #settle(answer: KeyStoreReply): void {
    this.#waiting?.(answer);
    this.#waiting = null;
  }
}

class AbsentKeyStore implements KeyStoreSession {
  readonly #reply: KeyStoreReply;

  constructor(detail: string) {
    this.#reply = { kind: 'none', detail };
  }

  call(): Promise<KeyStoreReply> {
    return Promise.resolve(this.#reply);
  }

  end(): void {
    // There is nothing to end.
  }
}

function readReply(line: string): KeyStoreReply {
  try {
    return reply.parse(JSON.parse(line));
  } catch {
    return { kind: 'broken', detail: 'the key store’s process gave no answer that can be read' };
  }
}

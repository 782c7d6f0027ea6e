import { once } from 'node:events';
import { chmodSync, lstatSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { codeOf } from '../contract/error-code.ts';
import type { SetupFailure } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import type { Log } from '../core/ports.ts';

export type PortTaken = Extract<SetupFailure, { code: 'port_taken' }>;

/** `port` null: `defaultPort`, or a free one where that is taken. A port that was set is used or refused. */
export interface PortChoice {
  readonly port: number | null;
  readonly defaultPort: number;
}

const loopback = '127.0.0.1';

/** Connections that wait to be accepted. With Node's own 511, a burst makes honest ones wait a second for their next try. */
const backlog = 1_024;

/** The longest path of a Unix socket in bytes (`sun_path` of unix(7) and unix(4), less the closing zero). */
const longestSocketPath: Readonly<Record<string, number>> = { linux: 107, darwin: 103 };

/** Listens on 127.0.0.1 and answers the port. Each try is the binding itself; nothing is probed beforehand. */
export async function listenLoopback(server: Server, choice: PortChoice): Promise<Result<number, PortTaken>> {
  const port = choice.port ?? choice.defaultPort;
  const bound = (await bind(server, port)) || (choice.port === null && (await bind(server, 0)));
  if (!bound) return failed({ code: 'port_taken', port });
  const address = server.address();
  if (address === null || typeof address === 'string' || address.address !== loopback) {
    server.close();
    throw new Error('The endpoint must listen on 127.0.0.1 alone.');
  }
  return succeeded(address.port);
}

/** False: the port is another program's, or the system keeps it from us. */
async function bind(server: Server, port: number): Promise<boolean> {
  server.listen({ host: loopback, port, backlog, exclusive: true });
  try {
    await once(server, 'listening');
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EADDRINUSE' || code === 'EACCES') return false;
    throw error;
  }
}

/** A path on which a Unix socket can be bound, or null: none on Windows, none where the path is too long. */
export function usableSocketPath(path: string, platform: string): string | null {
  return Buffer.byteLength(path) <= (longestSocketPath[platform] ?? 0) ? path : null;
}

/**
 * Listens on a Unix socket of mode 0600 in the home, whose 0700 keeps others out before. The caller holds the
 * home's lock, so a socket file found there is a dead one. Rejects where the system has no socket to give.
 */
export async function listenSocket(server: Server, path: string): Promise<void> {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket() === true) rmSync(path);
  server.listen({ path, backlog, exclusive: true });
  const listening = once(server, 'listening');
  // Binding is done when `listen` returns, and nobody is let in before this turn of the event loop is over.
  if (server.listening) {
    chmodSync(path, 0o600);
    // A file system that ignores chmod leaves the socket open to others: TCP with a key is safer.
    if ((lstatSync(path).mode & 0o077) !== 0) throw new Error('The mode of the socket cannot be changed.');
  }
  await listening;
}

/** How long answers under way may take once a server closes, in milliseconds. */
const closingGraceMs = 1_000;

/** Stops listening, lets answers under way finish for a second, and removes a Unix socket's file. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // Closing also ends idle connections and, for a Unix socket, removes its file.
    const cutOff = setTimeout(() => server.closeAllConnections(), closingGraceMs);
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
  });
}

/** Once it listens, an error such as too many open files costs one connection, not the endpoint. */
export function surviveErrors(server: Server, log: Log): void {
  server.on('error', (error) => log.warn('endpoint_error', { error: codeOf(error) }));
}

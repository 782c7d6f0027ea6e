import { lstatSync } from 'node:fs';
import type { Server } from 'node:http';
import { codeOf } from '../contract/error-code.ts';
import type { Log } from '../core/ports.ts';
import { closeServer, listenSocket, surviveErrors } from './listening.ts';

/** The endpoint on a Unix socket. Whoever removes the socket's file makes it unreachable, so it can be opened again. */
export class SocketServer {
  readonly #make: () => Server;
  readonly #path: string;
  readonly #log: Log;
  #server: Server | null = null;
  /** Their files are gone; connections that began before go on. */
  readonly #earlier: Server[] = [];

  /** `path`: one on which a socket can be bound. `make`: a server that does not listen yet. */
  constructor(make: () => Server, path: string, log: Log) {
    this.#make = make;
    this.#path = path;
    this.#log = log;
  }

  /** False: the system gives no socket there, and the reason is in the log. */
  async open(): Promise<boolean> {
    const server = this.#make();
    try {
      await listenSocket(server, this.#path);
    } catch (error) {
      server.close();
      this.#log.warn('socket_unavailable', { error: codeOf(error) });
      return false;
    }
    surviveErrors(server, this.#log);
    this.#server = server;
    return true;
  }

  /** Listens again where the file is gone. True: it does now. One call at a time; never rejects. */
  async openAgain(): Promise<boolean> {
    if (!this.#isGone()) return false;
    if (this.#server) {
      // First, because closing removes whatever file has that name by then. Node does it before `close` returns.
      this.#server.close();
      this.#earlier.push(this.#server);
      this.#server = null;
    }
    return this.open();
  }

  /** False also where that cannot be seen: then no other could be made either. */
  #isGone(): boolean {
    try {
      return lstatSync(this.#path, { throwIfNoEntry: false }) === undefined;
    } catch {
      return false;
    }
  }

  /** Lets answers under way finish for a moment, and removes the file. */
  async close(): Promise<void> {
    if (this.#server) await closeServer(this.#server);
    for (const server of this.#earlier) server.closeAllConnections();
  }
}

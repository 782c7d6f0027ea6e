import { Agent, type ClientRequestArgs } from 'node:http';
import { Duplex } from 'node:stream';
import type { ConnectionReason } from '../contract/failures.ts';
import { isLoopbackHost } from '../contract/service-host.ts';
import { lostReason, unsentReason } from './connection-failure.ts';
import type { Connection } from './open-connection.ts';
import { environmentProxy } from './proxy-choice.ts';
import type { WayOptions } from './service-way.ts';
import { SystemCertificates } from './system-certificates.ts';
import { openTrustedConnection } from './trusted-connection.ts';

/** More APIs than a person has; beyond, the one that was asked first is let go. */
const poolLimit = 16;

/** Milliseconds. Less than the shortest that servers usually keep an unused connection open. */
const keptUnusedMs = 4_000;
const connectLimitMs = 10_000;

/** Connections to one API. */
export interface ApiPool {
  readonly agent: Agent;
  readonly reason: (error: unknown, unsent: boolean) => ConnectionReason;
  readonly reset: (socket: Duplex) => void;
}

/**
 * Connections to APIs that are kept open between requests, directly or by the system's proxy, with certificates
 * checked. As many at once as are asked for: who asks is held back by the endpoint's own limit.
 */
export class ApiPools {
  readonly #options: WayOptions;
  readonly #pools = new Map<string, ApiPool>();
  readonly #connections = new Map<Duplex, Connection>();
  #closed = false;

  constructor(options: Partial<WayOptions> = {}) {
    this.#options = {
      proxyFor: environmentProxy(process.env),
      certificates: new SystemCertificates(),
      ...options,
    };
  }

  /** The connections to a URL's origin; null: no proxy can be chosen. */
  async to(url: URL): Promise<ApiPool | null> {
    const choice = isLoopbackHost(url.hostname) ? { proxy: null } : await this.#chosenProxy(url);
    if (choice === null) return null;
    const name = `${url.origin} ${choice.proxy ?? ''}`;
    const pool = this.#pools.get(name) ?? this.#open(new URL(url.origin), choice.proxy);
    this.#pools.set(name, pool);
    this.#letGo();
    return pool;
  }

  async #chosenProxy(url: URL): Promise<{ readonly proxy: string | null } | null> {
    try {
      return { proxy: await this.#options.proxyFor(url) };
    } catch {
      return null;
    }
  }

  /** Ends all requests and connections at once, so that nothing is delivered later. */
  close(): void {
    this.#closed = true;
    for (const connection of this.#connections.values()) connection.reset();
  }

  #open(origin: URL, proxy: string | null): ApiPool {
    const { certificates } = this.#options;
    const connect = async () => {
      const connection = await openTrustedConnection(
        origin,
        proxy,
        AbortSignal.timeout(connectLimitMs),
        certificates,
      );
      const { socket } = connection;
      this.#connections.set(socket, connection);
      socket.once('close', () => this.#connections.delete(socket));
      if (this.#closed) connection.reset();
      return socket;
    };
    return {
      agent: new ConnectingAgent(connect),
      reason: (error, unsent) => (unsent ? unsentReason(error, proxy !== null) : lostReason(error)),
      reset: (socket) => this.#connections.get(socket)?.reset(),
    };
  }

  #letGo(): void {
    if (this.#pools.size <= poolLimit) return;
    for (const name of this.#pools.keys()) {
      // Its requests under way go on, and its unused connections soon close by themselves.
      this.#pools.delete(name);
      return;
    }
  }
}

/** Node's agent, with connections that are given to a request only once they are ready. */
class ConnectingAgent extends Agent {
  readonly #connect: () => Promise<Duplex>;

  constructor(connect: () => Promise<Duplex>) {
    super({ keepAlive: true, timeout: keptUnusedMs });
    this.#connect = connect;
  }

  override createConnection(
    _options: ClientRequestArgs,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    this.#connect().then(
      (socket) => callback?.(null, socket),
      // Node reads no socket beside an error; its types ask for one.
      (error: unknown) => callback?.(error instanceof Error ? error : new Error(String(error)), new Duplex()),
    );
  }
}

import type { Socket } from 'node:net';

/** Numbers of connections. */
export interface PlaceLimits {
  /** Connections on which no known key has been shown yet. */
  readonly keyless: number;
  /** Connections on which one has been shown. */
  readonly keyed: number;
}

/** For each transport. The keyless ones outlast some bursts as long as the queue of the listening socket. */
export const usualPlaces: PlaceLimits = { keyless: 2_048, keyed: 512 };

/**
 * The places for connections on one transport. Any user of the computer can open connections, so those without a key
 * never take a place from one that has shown a key: they share places of their own, and when these are full, the oldest
 * connection is closed. A new connection therefore always gets a place, and keeps it long enough to send its key.
 */
export class ConnectionPlaces {
  readonly #limits: PlaceLimits;
  /** Oldest first. */
  readonly #keyless = new Set<Socket>();
  readonly #keyed = new Set<Socket>();

  constructor(limits: PlaceLimits) {
    this.#limits = limits;
  }

  /** Gives a new connection a place, until it closes. */
  add(socket: Socket): void {
    this.#keyless.add(socket);
    socket.once('close', () => {
      this.#keyless.delete(socket);
      this.#keyed.delete(socket);
    });
    if (this.#keyless.size <= this.#limits.keyless) return;
    for (const oldest of this.#keyless) {
      this.#keyless.delete(oldest);
      oldest.destroy();
      return;
    }
  }

  /** A known key was shown on this connection. While all places for these are taken, it stays among the keyless ones. */
  keyShown(socket: Socket): void {
    if (this.#keyed.size < this.#limits.keyed && this.#keyless.delete(socket)) this.#keyed.add(socket);
  }

  /** Whether the connection has a place that connections without a key cannot take. */
  isKeyed(socket: Socket): boolean {
    return this.#keyed.has(socket);
  }
}

import type { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ConnectionReason } from '../contract/failures.ts';

/** How requests reach one API. */
export interface ApiWay {
  /** Its connections, kept open between requests. It gives a request either a connection that is ready, or an error. */
  readonly agent: Agent;
  /** Why a request failed. `unsent`: it was given no connection, so certainly not a byte of it reached the API. */
  reason(error: unknown, unsent: boolean): ConnectionReason;
  /** Ends a connection so that nothing already written to it is delivered later. */
  reset(socket: Duplex): void;
}

/** What the proxy needs of the network. */
export interface ApiWays {
  /** The way to a URL's origin; null: the system names no proxy that can be used. Never rejects. */
  to(url: URL): Promise<ApiWay | null>;
}

import type { Dispatcher } from 'undici';
import type { ConnectionReason } from '../contract/failures.ts';

/** How requests reach one API: undici's connections, kept open between requests. */
export interface ApiWay {
  readonly dispatcher: Dispatcher;
  /** What an error of a request by this way means. `unsent`: certainly not a byte of it reached the API. */
  explain(error: unknown): { readonly unsent: boolean; readonly reason: ConnectionReason };
}

/** What the proxy needs of the network. */
export interface ApiWays {
  /** The way to a URL's origin; null: the system names no proxy that can be used. Never rejects. */
  to(url: URL): Promise<ApiWay | null>;
}

import { Pool, ProxyAgent, type buildConnector, type Dispatcher } from 'undici';
import type { ConnectionReason } from '../contract/failures.ts';
import { isLoopbackHost } from '../contract/service-host.ts';
import { certainlyUnsent, lostReason, unsentReason } from './connection-failure.ts';
import { directConnection } from './loopback-connector.ts';
import { acceptInterimAnswers } from './interim-answers.ts';
import { environmentProxy } from './proxy-choice.ts';
import type { WayOptions } from './service-way.ts';
import { trustSystemCertificates } from './system-certificates.ts';

/** More APIs than a person has; beyond, the one that was asked first is let go. */
const poolLimit = 16;

/** Milliseconds. An API may think, and a stream may be silent, as long as the slowest honest upload takes. */
const limits = { headersTimeout: 300_000, bodyTimeout: 300_000, keepAliveTimeout: 4_000 } as const;
const connectTimeoutMs = 10_000;

/** undici's connections to one API. */
export interface ApiPool {
  readonly dispatcher: Dispatcher;
  readonly explain: (error: unknown) => { readonly unsent: boolean; readonly reason: ConnectionReason };
}

/**
 * Connections to APIs that are kept open between requests, directly or by the system's proxy, with certificates
 * checked. As many at once as are asked for: who asks is held back by the endpoint's own limit.
 */
export class ApiPools {
  readonly #options: WayOptions;
  readonly #pools = new Map<string, ApiPool>();

  constructor(options: Partial<WayOptions> = {}) {
    acceptInterimAnswers();
    this.#options = {
      proxyFor: environmentProxy(process.env),
      trustCertificates: trustSystemCertificates,
      ...options,
    };
  }

  /** The connections to a URL's origin; null: no proxy can be chosen, or the chosen one has no usable address. */
  async to(url: URL): Promise<ApiPool | null> {
    if (url.protocol === 'https:') this.#options.trustCertificates();
    const choice = isLoopbackHost(url.hostname) ? { proxy: null } : await this.#chosenProxy(url);
    if (choice === null) return null;
    const name = `${url.origin} ${choice.proxy ?? ''}`;
    const pool = this.#pools.get(name) ?? open(url.origin, choice.proxy);
    this.#pools.set(name, pool);
    this.#letGo();
    return pool;
  }

  async #chosenProxy(url: URL): Promise<{ readonly proxy: string | null } | null> {
    try {
      const proxy = await this.#options.proxyFor(url);
      return proxy === null || URL.canParse(proxy) ? { proxy } : null;
    } catch {
      return null;
    }
  }

  /** Ends all requests and connections at once. */
  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map(({ dispatcher }) => dispatcher.destroy()));
  }

  #letGo(): void {
    if (this.#pools.size <= poolLimit) return;
    for (const [name, { dispatcher }] of this.#pools) {
      this.#pools.delete(name);
      // Requests under way go on to their end.
      void dispatcher.close();
      return;
    }
  }
}

function open(origin: string, proxy: string | null): ApiPool {
  // Said outright, because NODE_TLS_REJECT_UNAUTHORIZED=0 weakens what is left unsaid.
  const connection = { rejectUnauthorized: true, allowH2: false, timeout: connectTimeoutMs };
  const dispatcher = dispatcherTo(origin, proxy, connection);
  const explain = (error: unknown) =>
    certainlyUnsent(error, proxy !== null)
      ? { unsent: true, reason: unsentReason(error, proxy !== null) }
      : { unsent: false, reason: lostReason(error) };
  return { dispatcher, explain };
}

function dispatcherTo(
  origin: string,
  proxy: string | null,
  connection: buildConnector.BuildOptions,
): Dispatcher {
  if (proxy === null)
    return new Pool(origin, { ...limits, allowH2: false, connect: directConnection(origin, connection) });
  const tunnel = { ...limits, uri: proxy, allowH2: false, requestTls: connection };
  // A SOCKS proxy with options for TLS would be spoken to in TLS.
  return new ProxyAgent(proxy.startsWith('socks') ? tunnel : { ...tunnel, proxyTls: connection });
}

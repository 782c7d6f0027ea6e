import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { accountRoutes } from './account-routes.ts';
import { Accounts } from './accounts.ts';
import { controlRoutes } from './control-routes.ts';
import type { Controls } from './control-routes.ts';
import { Exchange } from './exchange.ts';
import { Faults, faultSchema } from './faults.ts';
import { Figures } from './figures.ts';
import { orderListRoute } from './order-list.ts';
import { Sessions } from './sessions.ts';
import { defaultSettings } from './settings.ts';
import type { AuthServiceSettings } from './settings.ts';

/** A running auth service. `await using` closes it. */
export interface AuthService extends Controls, AsyncDisposable {
  /** `http://127.0.0.1:PORT`, the base URL that a client signs in to. */
  readonly url: string;
  readonly port: number;
  /** @returns how many requests for exactly that path came since the start or reset, counted before anything is done */
  received(path: string): number;
  /** Cuts every connection, held-up requests included; once more does no harm. */
  close(): Promise<void>;
}

/**
 * Starts the built-in auth service on 127.0.0.1: the double of the service of docs/auth-api.md.
 *
 * @param options what is to differ from `defaultSettings`
 * @throws Error with `code` EADDRINUSE or EACCES if the port cannot be had
 */
export async function startAuthService(options: Partial<AuthServiceSettings> = {}): Promise<AuthService> {
  const settings = { ...defaultSettings, ...options };
  const accounts = new Accounts(settings);
  const sessions = new Sessions(settings, accounts);
  const figures = new Figures();
  const faults = new Faults();
  const controls: Controls = {
    stats: () => figures.stats(accounts.suspendedCount()),
    fault: (fault) => faults.add(faultSchema.parse(fault)),
    expire: (what) => {
      if (what !== 'refresh') sessions.revokeAccessTokens();
      if (what !== 'access') sessions.revokeRefreshTokens();
    },
    reset: () => {
      sessions.revokeAccessTokens();
      sessions.revokeRefreshTokens();
      accounts.reset();
      figures.reset();
      faults.reset();
    },
  };
  const routes = [
    ...accountRoutes(accounts, sessions, figures),
    orderListRoute(accounts, sessions),
    ...controlRoutes(controls),
  ];

  const stop = new AbortController();
  const exchange = new Exchange(settings, routes, faults, figures, stop.signal);
  const server = createServer((incoming, response) => {
    exchange.serve(incoming, response).catch((error: unknown) => {
      // Waits that were given up end here; anything else is a mistake of this service and must be seen.
      if (!stop.signal.aborted) throw error;
    });
  });
  const port = await listen(server, settings.port);
  const close = () => {
    stop.abort();
    return new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  };
  return {
    ...controls,
    url: `http://127.0.0.1:${port}`,
    port,
    received: (path) => figures.received(path),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new TypeError('not a TCP address');
      server.off('error', reject);
      resolve(address.port);
    });
  });
}

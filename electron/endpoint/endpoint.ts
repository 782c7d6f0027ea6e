import { defaultPort } from '../contract/default-port.ts';
import { succeeded, type Result } from '../contract/result.ts';
import type { ServicesAnswer } from '../contract/wire.ts';
import type { Log, Settings } from '../core/ports.ts';
import { AccessWatch } from './access-watch.ts';
import type { ActivityLog, Engine, PauseSwitch, ToolKeys } from './engine.ts';
import { anyHost, loopbackHosts, type HostRule } from './gate.ts';
import { ConnectionPlaces, usualPlaces, type PlaceLimits } from './connection-places.ts';
import { createLimitedServer, type RequestListener } from './http-server.ts';
import type { EndpointKey } from './key.ts';
import { KeyRing } from './key-ring.ts';
import { Leases } from './leases.ts';
import { closeServer, listenLoopback, surviveErrors, usableSocketPath, type PortTaken } from './listening.ts';
import type { ApiWays } from './api-ways.ts';
import type { ProxyLimits } from './proxied-exchange.ts';
import { RefusalLog } from './refusal-log.ts';
import { RequestHandler } from './request-handler.ts';
import type { Route } from './route.ts';
import { RouteTable } from './route-table.ts';
import { defaultAccountRoute } from './routes/accounts.ts';
import { activityRoute } from './routes/activity.ts';
import { healthRoute } from './routes/health.ts';
import { leaseRoute } from './routes/lease.ts';
import { oauthRoutes } from './routes/oauth.ts';
import { openApiRoute } from './routes/openapi.ts';
import { outlookRoute } from './routes/outlook.ts';
import { pauseRoutes } from './routes/pause.ts';
import { proxyRoutes } from './routes/proxy.ts';
import { servicesRoute } from './routes/services.ts';
import { sessionRoutes } from './routes/session.ts';
import { stopRoute } from './routes/stop.ts';
import { statusRoute, type EndpointAddress } from './routes/status.ts';
import { tokenRoutes } from './routes/token.ts';
import { toolsRoutes } from './routes/tools.ts';
import { SocketServer } from './socket-server.ts';

export interface EndpointOptions {
  readonly engine: Engine;
  readonly tools: ToolKeys;
  readonly activity: ActivityLog;
  readonly pause: PauseSwitch;
  readonly settings: Settings;
  /** How the proxy reaches APIs. */
  readonly ways: ApiWays;
  /** How the services in use are reached, as `doctor` tells it. */
  readonly lookAtServices: () => Promise<ServicesAnswer>;
  /** What the proxy may cost; left out: the usual. */
  readonly proxyLimits?: Partial<ProxyLimits>;
  /** How many connections each transport keeps; left out: the usual. */
  readonly places?: PlaceLimits;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly ownerKey: EndpointKey;
  /** Null: the default port, or a free one where that is taken. 0: a free one. */
  readonly port: number | null;
  /** `HOME/endpoint.sock`. The caller holds the home's lock. */
  readonly socketPath: string;
  /** `process.platform`. */
  readonly platform: string;
  /** Called when the owner asks for the program's end, after that is answered. */
  readonly stop: () => void;
}

export interface Endpoint extends EndpointAddress {
  /** Listens on the socket again where its file was removed. True: it does now. One call at a time. */
  reopenSocket(): Promise<boolean>;
  /** Stops listening, lets answers under way finish for a second, and removes the socket file. */
  close(): Promise<void>;
}

/** Starts the endpoint on 127.0.0.1 and, where there can be one, on the Unix socket, with one handler for both. */
export async function startEndpoint(options: EndpointOptions): Promise<Result<Endpoint, PortTaken>> {
  const { engine, tools, activity, pause, settings, log, now } = options;
  // No request gets past the gate before these are known: until then, nobody has been given the key.
  let address: EndpointAddress = { url: '', socket: null };
  let tcpHosts: HostRule = () => false;

  const leases = new Leases();
  const keys = new KeyRing(options.ownerKey, tools, leases);
  const access = new AccessWatch(keys, settings);
  const refusals = new RefusalLog(log, now);
  const routes: readonly Route[] = [
    healthRoute,
    ...tokenRoutes(engine, access, now),
    statusRoute(engine, () => address),
    servicesRoute(options.lookAtServices),
    outlookRoute({ engine, tools, settings, now }),
    ...sessionRoutes(engine, now),
    defaultAccountRoute(engine, now),
    ...pauseRoutes(pause, now),
    activityRoute({ engine, activity, tools, now }),
    ...toolsRoutes({ engine, activity, tools, revoked: () => access.look(), now }),
    stopRoute(options.stop),
    leaseRoute(engine, settings, leases),
    ...oauthRoutes({
      engine,
      access,
      keys,
      refused: () => refusals.add('bad_key'),
      url: () => address.url,
      now,
    }),
    ...proxyRoutes({
      engine,
      access,
      settings,
      ways: options.ways,
      url: () => address.url,
      now,
      limits: options.proxyLimits,
    }),
    openApiRoute(() => routes),
  ];
  const handler = new RequestHandler({ routes: new RouteTable(routes), keys, refusals, log });
  const server = (mayName: HostRule) => {
    const places = new ConnectionPlaces(options.places ?? usualPlaces);
    const listener: RequestListener = (request, response) =>
      handler.handle(request, response, { mayName, places });
    return createLimitedServer(listener, places, refusals);
  };
  const tcp = server((host) => tcpHosts(host));

  const port = await listenLoopback(tcp, { port: options.port, defaultPort });
  if (!port.ok) return port;
  tcpHosts = loopbackHosts(port.value);
  surviveErrors(tcp, log);
  const path = usableSocketPath(options.socketPath, options.platform);
  const unix = path === null ? null : new SocketServer(() => server(anyHost), path, log);
  // The socket is a convenience: without one, tools go by TCP.
  const socket = (await unix?.open()) === true ? path : null;
  address = { url: `http://127.0.0.1:${port.value}`, socket };

  return succeeded({
    ...address,
    reopenSocket: async () => unix !== null && socket !== null && (await unix.openAgain()),
    async close() {
      handler.beginClosing();
      await Promise.all([closeServer(tcp), unix?.close()]);
    },
  });
}

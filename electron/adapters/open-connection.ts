import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect as startTls, type TLSSocket } from 'node:tls';
import { ClosedError, ProxyAddressError } from './connection-failure.ts';
import { parseProxyAddress } from './proxy-address.ts';
import { openTunnel, type HostAndPort } from './proxy-tunnel.ts';

/**
 * How long each address of a name has to answer before the next one is tried, in milliseconds. Node's own 250 is less
 * than one round trip between continents; two seconds also outlast one lost packet.
 */
const addressTimeoutMs = 2_000;

/** A connection to a server that HTTP/1.1 can be spoken on. */
export interface Connection {
  /** TLS for an https URL, with the server's certificate checked; else plain TCP. */
  readonly socket: Socket;
  /**
   * Ends it with a TCP reset, which discards what the network has not taken yet. After an ordinary end the system
   * would still deliver it, minutes later, once a broken network heals.
   */
  reset(): void;
}

/**
 * Connects to the host of `url`, directly or through the proxy with the address `proxy`, and sends no byte of HTTP to the
 * host. Rejects if `proxy` cannot be used, and with the signal's reason if the signal aborts first.
 */
export async function openConnection(
  url: URL,
  proxy: string | null,
  signal: AbortSignal,
): Promise<Connection> {
  const via = proxy === null ? null : parseProxyAddress(proxy);
  if (proxy !== null && via === null) throw new ProxyAddressError();
  const to = target(url);
  const tcp = await openTcp(via ?? to, signal);
  const abandon = () => tcp.destroy();
  signal.addEventListener('abort', abandon);
  try {
    let socket = tcp;
    if (via !== null) {
      if (via.secure) socket = await secured(socket, via.host);
      socket = await openTunnel(via, socket, to);
    }
    if (url.protocol === 'https:') socket = await secured(socket, to.host);
    signal.throwIfAborted();
    return { socket, reset: () => reset(tcp, socket) };
  } catch (error) {
    tcp.destroy();
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', abandon);
  }
}

function target({ hostname, port, protocol }: URL): HostAndPort {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) };
}

/**
 * `localhost` is kept as 127.0.0.1. A server that was told to listen on `localhost` may have only [::1]: it is tried
 * where 127.0.0.1 refuses.
 */
async function openTcp({ host, port }: HostAndPort, signal: AbortSignal): Promise<Socket> {
  signal.throwIfAborted();
  const tcp = connectTcp({
    host,
    port,
    noDelay: true,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: addressTimeoutMs,
  });
  const abandon = () => tcp.destroy();
  signal.addEventListener('abort', abandon);
  try {
    await reached(tcp, 'connect');
    return tcp;
  } catch (error) {
    if (host === '127.0.0.1' && error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') {
      // If [::1] does not answer either, the first refusal says more: there may be no IPv6 at all.
      return await openTcp({ host: '::1', port }, signal).catch(() => Promise.reject(error));
    }
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', abandon);
  }
}

/** A certificate for 127.0.0.1 may name `localhost` or [::1] instead. */
const loopbackNames = ['127.0.0.1', 'localhost', '::1'];

async function secured(socket: Socket, host: string): Promise<TLSSocket> {
  const secure = startTls({
    socket,
    host,
    // A name only (RFC 6066 §3).
    ...(isIP(host) === 0 && { servername: host }),
    ALPNProtocols: ['http/1.1'],
    // Stated, because NODE_TLS_REJECT_UNAUTHORIZED=0 changes the default.
    rejectUnauthorized: true,
    checkServerIdentity: (_name, certificate) => {
      const names = host === '127.0.0.1' ? loopbackNames : [host];
      const errors = names.map((name) => checkServerIdentity(name, certificate));
      return errors.includes(undefined) ? undefined : errors[0];
    },
  });
  await reached(secure, 'secureConnect');
  return secure;
}

/** Waits for the event; rejects with the socket's error, or if it closes. The socket has an error listener from now on. */
function reached(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, resolve);
    socket.on('error', reject);
    socket.once('close', () => reject(new ClosedError()));
  });
}

function reset(tcp: Socket, socket: Socket): void {
  // A reset fails while an ordinary end is under way, and the connection then stays open for ever.
  if (tcp.writableEnded || isShuttingDown(socket)) tcp.destroy();
  else tcp.resetAndDestroy();
  // TLS in a proxy's TLS does not say by itself that it has closed. Not now: above a closed TCP connection, TLS closes
  // within the call, and Node's HTTP client, which may be what called us, would put its parser back into use twice.
  setImmediate(() => socket.destroy());
}

/** Whether all was sent, and the system is being told that nothing more comes. */
function isShuttingDown({ writableEnded, writableFinished, writableLength }: Socket): boolean {
  return writableEnded && !writableFinished && writableLength === 0;
}

import { Client, ProxyAgent, type Dispatcher } from 'undici';
import { acceptInterimAnswers } from './interim-answers.ts';
import { directConnection } from './loopback-connector.ts';

/**
 * The means for one request to the service at `origin`, directly or by the proxy at the URL `proxy`; undici's,
 * so with no retry and no redirect, and without keep-alive (RFC 9112 §9.6). Throws where `proxy` is no URL that
 * can be used. The caller destroys it after its one request, and aborts the signal, which ends its sockets.
 */
export function openDispatcher(origin: string, proxy: string | null, signal: AbortSignal): Dispatcher {
  acceptInterimAnswers();
  // Checking certificates is said outright, because NODE_TLS_REJECT_UNAUTHORIZED=0 weakens what is left unsaid.
  // No time limits of undici's: the caller has one over all.
  const connection = { rejectUnauthorized: true, allowH2: false, timeout: 0, signal };
  // HTTP/1.1 alone: its writer tells exactly when a request is handed to the socket.
  const oneRequest = { pipelining: 0, headersTimeout: 0, bodyTimeout: 0, allowH2: false };
  if (proxy === null)
    return new Client(origin, { ...oneRequest, connect: directConnection(origin, connection) });
  // The tunnel is opened with nothing of the request; at both its ends certificates are checked.
  const tunnel = { uri: proxy, connections: 1, requestTls: connection };
  // A SOCKS proxy with options for TLS would be spoken to in TLS.
  if (proxy.startsWith('socks')) return new ProxyAgent({ ...oneRequest, ...tunnel });
  return new ProxyAgent({ ...oneRequest, ...tunnel, proxyTls: connection });
}

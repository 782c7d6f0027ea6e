import { Client, ProxyAgent, type Dispatcher } from 'undici';

// Said outright, because NODE_TLS_REJECT_UNAUTHORIZED=0 weakens only what is left unsaid. HTTP/1.1 alone: its
// writer tells exactly when a request is handed to the socket. No time limits of undici's: the caller has one over all.
const connection = { rejectUnauthorized: true, allowH2: false, timeout: 0 };

/**
 * The means for one request to the service at `origin`, directly or by the proxy at the URL `proxy`; undici's,
 * so with no retry and no redirect, and without keep-alive (RFC 9112 §9.6). Throws where `proxy` is no URL that
 * can be used. The caller destroys it after its one request.
 */
export function openDispatcher(origin: string, proxy: string | null): Dispatcher {
  const oneRequest = { pipelining: 0, headersTimeout: 0, bodyTimeout: 0, allowH2: false };
  if (proxy === null) return new Client(origin, { ...oneRequest, connect: connection });
  // The tunnel's CONNECT carries nothing of the request; both TLS ends, the proxy's and the service's, are checked.
  return new ProxyAgent({
    ...oneRequest,
    uri: proxy,
    connections: 1,
    proxyTls: connection,
    requestTls: connection,
  });
}

import { canonicalHost } from '../contract/service-host.ts';

const proxyPrefix = '/proxy/';

/** What a proxied request's own target says (RFC 9112 §3.2.1). */
export interface ProxyTarget {
  /** A further host's name in the settings; null: the API that the account is signed in to. */
  readonly name: string | null;
  /** Path and query at that host, as they were sent, with a slash at their front. */
  readonly pathAndQuery: string;
}

// The printable characters that a target may hold; what else there is, one of two readers might read otherwise.
const plainTarget = /^[\x21-\x7e]+$/;
// To a server that decodes too early these end a segment, and some read what follows a semicolon as a parameter.
const segmentEnd = /\/|%2f|%5c/i;
const dotSegment = /^(?:\.|%2e){1,2}(?:;.*)?$/i;

/**
 * Reads `/proxy/PATH` and `/proxy/@NAME/PATH`, and changes nothing of PATH. Null: it could be read in two ways, as with
 * `..`, which some servers resolve, perhaps out of the base that the token is for.
 */
export function readProxyTarget(target: string): ProxyTarget | null {
  if (!plainTarget.test(target) || /[#\\]/.test(target)) return null;
  const rest = target.slice(proxyPrefix.length - 1);
  const [path = ''] = rest.split('?', 1);
  if (path.split(segmentEnd).some((segment) => dotSegment.test(segment))) return null;
  const [, name, pathAndQuery] = /^\/@([^/?]*)(.*)$/.exec(rest) ?? [];
  if (name === undefined || pathAndQuery === undefined) return { name: null, pathAndQuery: rest };
  return { name, pathAndQuery: pathAndQuery.startsWith('/') ? pathAndQuery : `/${pathAndQuery}` };
}

/**
 * An API's `Location` (RFC 9110 §10.2.2) as the caller can follow it: what stays under `base` leads through the proxy
 * again, and gets the token there. What leads elsewhere stands as it came, and gets no token from here.
 */
export function proxiedLocation(location: string, asked: URL, base: string, name: string | null): string {
  const url = URL.parse(location, asked.href);
  // An API may name itself as a person would; `base` is canonical.
  if (url) url.hostname = canonicalHost(url.hostname);
  const prefix = name === null ? proxyPrefix : `${proxyPrefix}@${name}/`;
  return url?.href.startsWith(`${base}/`) ? prefix + url.href.slice(base.length + 1) : location;
}

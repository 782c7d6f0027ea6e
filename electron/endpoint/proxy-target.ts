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

/** Where a proxied request was sent, and where its caller sent it. */
export interface ProxiedPlace {
  /** What was asked for, at the API. */
  readonly asked: URL;
  /** The API's base URL, without a slash at its end. */
  readonly base: string;
  /** Of a further host: its name. */
  readonly name: string | null;
  /** What the caller asked for, here. */
  readonly askedHere: URL;
  /** Whether a URL leads to this endpoint. */
  readonly isHere: (url: URL) => boolean;
}

/**
 * An API's `Location` (RFC 9110 §10.2.2) as the caller can follow it. Under the API's base it leads through the proxy
 * again, and gets the token there. Anything else gets no token from here: it stands as it came, or whole where the caller
 * would read it as a path of this endpoint. Null: it names this endpoint itself, where a 307 could take the token and the
 * body to another host that the settings name.
 */
export function proxiedLocation(location: string, place: ProxiedPlace): string | null {
  const { asked, base, name, askedHere, isHere } = place;
  const meant = URL.parse(location, asked.href);
  const canonical = meant === null ? '' : canonicalHref(meant);
  if (canonical.startsWith(`${base}/`)) return pathAtProxy(canonical.slice(base.length + 1), name);
  const followed = URL.parse(location, askedHere.href);
  if (followed === null || !isHere(followed)) return location;
  return meant === null || isHere(meant) ? null : meant.href;
}

/** An API may name itself as a person would; a base is canonical. */
function canonicalHref(url: URL): string {
  const canonical = new URL(url);
  canonical.hostname = canonicalHost(url.hostname);
  return canonical.href;
}

/** Of the API itself a path that begins with `@` would be read as a further host's name. */
function pathAtProxy(rest: string, name: string | null): string {
  return name === null ? proxyPrefix + rest.replace(/^@/, '%40') : `${proxyPrefix}@${name}/${rest}`;
}

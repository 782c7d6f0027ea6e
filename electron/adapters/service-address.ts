import type { SetupFailure } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import { canonicalHost, isLoopbackHost } from '../contract/service-host.ts';

export type ServiceAddressFailure = Extract<
  SetupFailure,
  { code: 'bad_service_address' | 'insecure_service' }
>;

// Scheme, authority without user info, path; no query, no fragment. Checked on the text, because `URL` mends
// what a person should look at again: it drops line ends, reads `\` as `/` and takes `https:host`.
const plainAddress = /^https?:\/\/[^\s/?#@\\]+(?:\/[^\s?#\\]*)?$/i;

/**
 * A service's base URL in its canonical form (RFC 3986 §6.2): two spellings of one address are one service, so one
 * account, session and budget. Lower-case scheme and host, `canonicalHost`, no default port, no slash at the end.
 * Plain http is for this computer alone: `insecure_service` for any other host.
 */
export function parseServiceAddress(text: string): Result<string, ServiceAddressFailure> {
  const address = text.trim();
  const url = plainAddress.test(address) ? URL.parse(address) : null;
  const host = url ? canonicalHost(url.hostname) : '';
  // An empty label is not a host name (RFC 1035 §3.1).
  if (!url || /^$|\.$|\.\./.test(host)) {
    return failed({ code: 'bad_service_address', address: withoutSecrets(address) });
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    return failed({ code: 'insecure_service', address: withoutSecrets(address) });
  }
  url.hostname = host;
  return succeeded(url.origin + canonicalPath(url.pathname));
}

/** Percent-encoding in one form (RFC 3986 §6.2.2), and no slash at the end. */
function canonicalPath(pathname: string): string {
  const path = pathname.replace(/%[\da-f]{2}/gi, (triplet) => {
    const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : triplet.toUpperCase();
  });
  return path.replace(/\/+$/, '');
}

/** What of a refused address may be shown: people paste passwords and tokens into addresses. */
function withoutSecrets(address: string): string {
  return address
    .replace(/^(\w+:\/+)?.*@/s, '$1…@')
    .replace(/[?#].*$/s, '')
    .slice(0, 200);
}

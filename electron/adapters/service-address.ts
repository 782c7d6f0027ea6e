import type { SetupFailure } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';

export type ServiceAddressFailure = Extract<
  SetupFailure,
  { code: 'bad_service_address' | 'insecure_service' }
>;

// Scheme, authority without user info, path; no query, no fragment. Checked on the text, because `URL` mends
// what a person should look at again: it drops line ends, reads `\` as `/` and takes `https:host`.
const plainAddress = /^https?:\/\/[^\s/?#@\\]+(?:\/[^\s?#\\]*)?$/i;

/**
 * A service's base URL as it is kept and compared: lower-case scheme and host, no default port, no slash at its
 * end (RFC 3986 §6.2). Plain http is for this computer alone: `insecure_service` for any other host.
 */
export function parseServiceAddress(text: string): Result<string, ServiceAddressFailure> {
  const address = text.trim();
  const url = plainAddress.test(address) ? URL.parse(address) : null;
  if (!url) return failed({ code: 'bad_service_address', address: withoutSecrets(address) });
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    return failed({ code: 'insecure_service', address: withoutSecrets(address) });
  }
  return succeeded(url.origin + url.pathname.replace(/\/+$/, ''));
}

/** Whether a URL's `hostname` is this computer: 127.0.0.0/8, [::1] or localhost, and no name that merely looks so. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** What of a refused address may be shown: people paste passwords and tokens into addresses. */
function withoutSecrets(address: string): string {
  return address
    .replace(/^(\w+:\/+)?.*@/s, '$1…@')
    .replace(/[?#].*$/s, '')
    .slice(0, 200);
}

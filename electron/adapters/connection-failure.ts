import { codeOf } from '../contract/error-code.ts';
import type { ConnectionReason } from '../contract/failures.ts';

/** A time limit of our own that ran out. */
export class TimeLimitError extends Error {
  readonly code = 'ETIMEDOUT';
}

/** A connection that closed before it was ready, or before an answer came. */
export class ClosedError extends Error {
  readonly code = 'ECONNRESET';
}

/** A proxy's address that is not valid. Its text stays out: it may hold a password. */
export class ProxyAddressError extends Error {}

const nameCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);
const cutCodes = new Set(['ECONNRESET', 'EPIPE']);
// Node's words for OpenSSL's verification results, and its own for a name that the certificate does not hold.
const certificateCode =
  /^(?:CERT_|CRL_|ERR_TLS_CERT|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_(?:CA|PURPOSE)|HOSTNAME_MISMATCH|PATH_LENGTH)/;

/** Why a request certainly never left. Behind a proxy only the proxy is looked up and connected to. */
export function unsentReason(
  error: unknown,
  viaProxy: boolean,
  platform: NodeJS.Platform = process.platform,
): ConnectionReason {
  const code = codeOf(error) ?? '';
  if (error instanceof ProxyAddressError) return 'proxy_address';
  if (code === 'CERT_HAS_EXPIRED') return 'certificate_expired';
  if (code === 'CERT_NOT_YET_VALID') return 'certificate_not_yet_valid';
  if (certificateCode.test(code)) return 'certificate';
  if (isTimeout(error)) return 'timeout';
  if (viaProxy) return 'proxy';
  // What macOS 15 answers for a host in the local network that the program may not reach (Apple's TN3179).
  if (code === 'EHOSTUNREACH' && platform === 'darwin') return 'local_network';
  if (nameCodes.has(code)) return 'name';
  return cutCodes.has(code) ? 'cut' : 'refused';
}

/** Why no answer came to a request that may have left. */
export function lostReason(error: unknown): ConnectionReason {
  return isTimeout(error) ? 'timeout' : 'cut';
}

/** The system's limit, ours, or that of `AbortSignal.timeout`. */
function isTimeout(error: unknown): boolean {
  return codeOf(error) === 'ETIMEDOUT' || (error instanceof DOMException && error.name === 'TimeoutError');
}

/** Whether a certificate was refused for a reason that one more authority could remove: not for a name that it does not hold. */
export function mayLackAuthority(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return certificateCode.test(code) && !/ALTNAME|HOSTNAME/.test(code);
}

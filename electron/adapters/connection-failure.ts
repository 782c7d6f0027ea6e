import type { ConnectionReason } from '../contract/failures.ts';

/** A time limit of our own that ran out. */
export class TimeLimitError extends Error {
  readonly code = 'ETIMEDOUT';
}

const timeoutCodes = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);
const nameCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);
const cutCodes = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
// Node's words for OpenSSL's verification results, and its own for a name that the certificate does not hold.
const certificateCode =
  /^(?:CERT_|CRL_|ERR_TLS_CERT|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_(?:CA|PURPOSE)|HOSTNAME_MISMATCH|PATH_LENGTH)/;

// Undici's words for a tunnel that a proxy did not open.
const noTunnelCode = /^UND_ERR_(?:ABORTED$|PRX_|SOCKS5)/;

/** Why a request certainly never left. Behind a proxy only the proxy is looked up and connected to. */
export function unsentReason(error: unknown, viaProxy: boolean): ConnectionReason {
  const code = codeOf(error);
  if (certificateCode.test(code)) return 'certificate';
  if (timeoutCodes.has(code)) return 'timeout';
  if (viaProxy) return 'proxy';
  if (nameCodes.has(code)) return 'name';
  return cutCodes.has(code) ? 'cut' : 'refused';
}

/** Why no answer came to a request that may have left. */
export function lostReason(error: unknown): ConnectionReason {
  return timeoutCodes.has(codeOf(error)) ? 'timeout' : 'cut';
}

/**
 * Whether an error says that no connection came about, so that not a byte was sent. One that tells nothing of where the
 * request was by then may have come later: a code alone, such as ETIMEDOUT, says too little.
 */
export function certainlyUnsent(error: unknown, viaProxy: boolean): boolean {
  // Of a name with several addresses, each was tried.
  if (error instanceof AggregateError && error.errors.length > 0)
    return error.errors.every((each) => certainlyUnsent(each, viaProxy));
  const code = codeOf(error);
  if (certificateCode.test(code) || code === 'UND_ERR_CONNECT_TIMEOUT') return true;
  if (viaProxy && noTunnelCode.test(code)) return true;
  const call = error instanceof Error && 'syscall' in error ? error.syscall : null;
  return call === 'connect' || call === 'getaddrinfo';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

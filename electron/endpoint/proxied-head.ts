import { bearerKeyOf } from './header-fields.ts';
import { accountField, valuesOf } from './proxied-fields.ts';
import { readProxyTarget, type ProxyTarget } from './proxy-target.ts';

/** What the head of a proxied request asks for. */
export interface ProxiedHead {
  readonly kind: 'head';
  readonly target: ProxyTarget;
  /** Undefined: it names none. */
  readonly account: string | undefined;
}

type NoHead = { readonly kind: 'preflight' } | { readonly kind: 'fault'; readonly fault: string };

/** Reads it from the request's target and its header fields, names and values in turn. Nothing of it is said back. */
export function readProxiedHead(url: string, rawHeaders: readonly string[]): ProxiedHead | NoHead {
  // A browser's question before a page's request; no other program sends this field (Fetch, “CORS-preflight”).
  if (valuesOf(rawHeaders, 'access-control-request-method').length > 0) return { kind: 'preflight' };
  const target = readProxyTarget(url);
  if (target === null)
    return fault('The path holds “..”, “#”, “\\” or a character that has to be encoded. Write it without.');
  // Any other coding would be lost, as it is for this connection alone (RFC 9112 §6.1).
  if (valuesOf(rawHeaders, 'transfer-encoding').some((coding) => coding.toLowerCase() !== 'chunked'))
    return fault('The body has another transfer coding than “chunked”. Send it without.');
  if (keyStandsElsewhere(url, rawHeaders))
    return fault('The key stands in a second place too. Send it in the Authorization header alone.');
  const [named, ...others] = valuesOf(rawHeaders, accountField);
  if (others.length > 0) return fault('Token-Tray-Account stands there twice. Send it once.');
  // Node reads a field's bytes as Latin-1.
  const account = named === undefined ? undefined : Buffer.from(named, 'latin1').toString('utf8');
  return { kind: 'head', target, account };
}

/** A key is for this computer alone: what a tool sends beside the Authorization header would go on to the API. */
function keyStandsElsewhere(url: string, rawHeaders: readonly string[]): boolean {
  const key = bearerKeyOf(valuesOf(rawHeaders, 'authorization')[0] ?? '');
  const inFields = rawHeaders.filter((text) => text.includes(key)).length;
  return inFields > 1 || url.includes(key);
}

function fault(text: string): NoHead {
  return { kind: 'fault', fault: text };
}

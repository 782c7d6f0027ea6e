import { commonHeaders } from './answer.ts';

// For one connection alone, and never passed on (RFC 9110 §7.6.1), whether `Connection` names them or not.
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
];

/** The account that a proxied request is for; it is not passed on. */
export const accountField = 'token-tray-account';

// The key of this endpoint, what the request itself is told by, and what its new connection has of its own. Cookies,
// because a jar knows no ports (RFC 6265 §8.5): it would bring those of every program on this computer.
const ours = ['authorization', 'host', 'expect', 'via', 'cookie', 'cookie2', accountField];

// What is the API's alone: its cookies, for the same reason, and what is about its own address.
const theirs = ['set-cookie', 'set-cookie2', 'alt-svc', 'strict-transport-security', 'clear-site-data'];
/** Fields whose values are those of every answer here, and of no other. */
const marked = commonHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());

/**
 * The header fields that go on to the API, names and values in turn: the caller's, but for what concerns its own
 * connection, and with the token, whatever it said by itself. `length` false: the body has a length of its own.
 */
export function fieldsForApi(
  rawHeaders: readonly string[],
  { token, length }: { readonly token: string; readonly length: boolean },
): string[] {
  const fields = passedOn(rawHeaders, [...ours, ...(length ? [] : ['content-length'])]);
  // RFC 9110 §7.6.3: a gateway names itself to the server.
  const via = valuesOf(rawHeaders, 'via').concat('1.1 token-tray').join(', ');
  fields.push('Authorization', `Bearer ${token}`, 'Via', via);
  return fields;
}

/**
 * The header fields of the API's answer for the caller, with the marks of every answer here. No CORS field comes through:
 * no web page has business here. `Proxy-Status` (RFC 9209 §2) says that it is the API that answers: no answer of our own
 * has it. `locate`: what becomes of a `Location`; null: it is left out.
 */
export function fieldsForCaller(
  status: number,
  rawHeaders: readonly string[],
  locate: (location: string) => string | null,
): string[] {
  const own = ['proxy-status', ...theirs, ...marked];
  const kept = [...commonHeaders];
  for (const [name, value] of pairs(passedOn(rawHeaders, own))) {
    const known = name.toLowerCase();
    if (known.startsWith('access-control-')) continue;
    // An answer without a body has no length (RFC 9110 §8.6).
    if (known === 'content-length' && status === 204) continue;
    const told = known === 'location' ? locate(value) : value;
    if (told !== null) kept.push(name, told);
  }
  const before = valuesOf(rawHeaders, 'proxy-status');
  kept.push('Proxy-Status', [...before, `token-tray; received-status=${status}`].join(', '));
  return kept;
}

/** All values of a field, in their order. `name`: in small letters. */
export function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  return pairs(rawHeaders)
    .filter(([known]) => known.toLowerCase() === name)
    .map(([, value]) => value);
}

function passedOn(rawHeaders: readonly string[], without: readonly string[]): string[] {
  const named = valuesOf(rawHeaders, 'connection').flatMap((value) => value.toLowerCase().split(','));
  const dropped = new Set([...hopByHop, ...without, ...named.map((name) => name.trim())]);
  // A length that `Connection` names is the message's all the same (RFC 9112 §6.3).
  if (!without.includes('content-length')) dropped.delete('content-length');
  return pairs(rawHeaders)
    .filter(([name]) => !dropped.has(name.toLowerCase()))
    .flat();
}

function pairs(rawHeaders: readonly string[]): (readonly [name: string, value: string])[] {
  const found: (readonly [string, string])[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    found.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  return found;
}

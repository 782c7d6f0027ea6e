import { isIPv6 } from 'node:net';

/** A proxy, as its address describes it. */
export interface Proxy {
  /** `http`: a tunnel by CONNECT (RFC 9110 §9.3.6). `socks4` and `socks5`: it resolves the name. */
  readonly kind: 'http' | 'socks4' | 'socks5';
  /** The proxy itself speaks TLS. */
  readonly secure: boolean;
  /** A name or an IP address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** Empty: none. */
  readonly username: string;
  readonly password: string;
}

type ProxyScheme = Pick<Proxy, 'kind' | 'secure' | 'port'>;

// curl's default ports (curl(1), --proxy). With curl `socks` is SOCKS4; GNOME writes it for SOCKS5.
const socks5: ProxyScheme = { kind: 'socks5', secure: false, port: 1080 };
const socks4: ProxyScheme = { kind: 'socks4', secure: false, port: 1080 };
const schemes = new Map<string, ProxyScheme>([
  ['http', { kind: 'http', secure: false, port: 1080 }],
  ['https', { kind: 'http', secure: true, port: 443 }],
  ['socks', socks5],
  ['socks5', socks5],
  ['socks5h', socks5],
  ['socks4', socks4],
  ['socks4a', socks4],
]);

// Scheme, user info, host, port. No `@` after the authority: there it would end a password with `/`, `?` or `#` in it,
// and the start of that password would be taken for the port.
const form =
  /^(?:([a-z][a-z\d+.-]*):\/\/|(?!.*:\/\/))(?:([^/?#:]*)(?::([^/?#]*))?@)?(\[[^\]@]*\]|[^\s/?#@:[\]]+)(?::(\d*))?(?:[/?#][^@]*)?$/i;

/** Reads a proxy's address as curl does; one without a scheme is an http proxy. Null: it is not valid. */
export function parseProxyAddress(text: string): Proxy | null {
  const [, name = 'http', username = '', password = '', written = '', digits = ''] =
    form.exec(text.trim()) ?? [];
  const scheme = schemes.get(name.toLowerCase());
  const host = hostOf(written);
  const port = digits === '' ? scheme?.port : Number(digits);
  if (!scheme || host === null || port === undefined || port < 1 || port > 65_535) return null;
  const credentials = { username: decoded(username), password: decoded(password) };
  if (scheme.kind === 'socks5' && Object.values(credentials).some(isTooLongForSocks)) return null;
  return { ...scheme, host, port, ...credentials };
}

/** RFC 1929 §2: one byte says the length. */
function isTooLongForSocks(text: string): boolean {
  return Buffer.byteLength(text) > 255;
}

/** An IPv6 address may have a zone (RFC 6874), which `URL` does not take. */
function hostOf(written: string): string | null {
  const [, address, zone] = /^\[([^%]*)(?:%(?:25)?([\w.~-]+))?\]$/.exec(written) ?? [];
  if (zone !== undefined) return address !== undefined && isIPv6(address) ? `${address}%${zone}` : null;
  const host = URL.parse(`http://${written}`)?.hostname ?? '';
  return host === '' ? null : host.replace(/^\[(.*)\]$|\.$/, '$1');
}

/** A `%` without two digits stands for itself, as with curl. */
function decoded(text: string): string {
  const bytes = Buffer.from(text).toString('latin1');
  return Buffer.from(
    bytes.replace(/%([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    'latin1',
  ).toString();
}

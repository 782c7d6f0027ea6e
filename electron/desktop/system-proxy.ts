import type { Session } from 'electron';

const schemes: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTPS: 'https',
  // Chromium's meaning of it (net/docs/proxy.md).
  SOCKS: 'socks4',
  SOCKS5: 'socks5',
  SOCKS4: 'socks4',
};

/**
 * The proxy that the system's settings name for an address, automatic configuration included: its URL, or null for
 * none. Of several the first that can be used is taken, in the order of the settings.
 */
export async function systemProxy(session: Pick<Session, 'resolveProxy'>, url: URL): Promise<string | null> {
  return proxyIn(await session.resolveProxy(url.href));
}

/**
 * Reads a list such as `PROXY a.example:8080; DIRECT` (the answer of a PAC script, as Chromium gives it). If it names only
 * proxies of other kinds, the first of them: no request may go directly that was to go through a proxy.
 */
export function proxyIn(list: string): string | null {
  const entries = list.split(';').map((entry) => entry.trim().split(/\s+/));
  let unusable: string | null = null;
  for (const [kind = '', host] of entries) {
    if (kind.toUpperCase() === 'DIRECT') return null;
    if (host === undefined) continue;
    const scheme = schemes[kind.toUpperCase()];
    if (scheme !== undefined) return `${scheme}://${host}`;
    unusable ??= `${kind.toLowerCase()}://${host}`;
  }
  return unusable;
}

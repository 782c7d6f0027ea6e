import type { Session } from 'electron';

const schemes: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTPS: 'https',
  SOCKS: 'socks5',
  SOCKS5: 'socks5',
};

/**
 * The proxy that the system's settings name for an address, automatic configuration included: its URL, or null for
 * none. Of several the first that can be used is taken, in the order of the settings.
 */
export async function systemProxy(session: Pick<Session, 'resolveProxy'>, url: URL): Promise<string | null> {
  return proxyIn(await session.resolveProxy(url.href));
}

/** Reads a list such as `PROXY a.example:8080; DIRECT` (the answer of a PAC script, as Chromium gives it). */
export function proxyIn(list: string): string | null {
  for (const entry of list.split(';')) {
    const [kind = '', host] = entry.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    const scheme = schemes[kind.toUpperCase()];
    if (scheme !== undefined && host !== undefined) return `${scheme}://${host}`;
  }
  return null;
}

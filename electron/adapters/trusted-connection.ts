import { mayLackAuthority } from './connection-failure.ts';
import { openConnection, type Connection } from './open-connection.ts';
import type { CertificateTrust } from './system-certificates.ts';

/**
 * `openConnection`, tried a second time if the first certificate was refused and the authorities that are trusted have
 * changed since. Nothing of a request is sent before its connection is open, so this repeats none.
 */
export async function openTrustedConnection(
  url: URL,
  proxy: string | null,
  signal: AbortSignal,
  certificates: CertificateTrust,
): Promise<Connection> {
  if (url.protocol === 'https:') certificates.prepare();
  try {
    return await openConnection(url, proxy, signal);
  } catch (error) {
    if (!mayLackAuthority(error) || !(await certificates.renew())) throw error;
    return await openConnection(url, proxy, signal);
  }
}

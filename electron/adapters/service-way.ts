import { isLoopbackHost } from '../contract/service-host.ts';
import type { Connection } from './open-connection.ts';
import type { ProxyChoice } from './proxy-choice.ts';
import type { CertificateTrust } from './system-certificates.ts';
import { openTrustedConnection } from './trusted-connection.ts';

export interface WayOptions {
  readonly proxyFor: ProxyChoice;
  readonly certificates: CertificateTrust;
}

export interface ServiceWay {
  /** Once a connection was tried: the URL of the proxy that it led through (empty: none could be chosen); null: none. */
  readonly way: { readonly proxy: string | null };
  readonly open: (signal: AbortSignal) => Promise<Connection>;
}

/** How to open a connection for one request to a service: certificates, the proxy, and none to this computer itself. */
export function wayTo(url: URL, { proxyFor, certificates }: WayOptions): ServiceWay {
  const way: { proxy: string | null } = { proxy: null };
  const open = async (signal: AbortSignal) => {
    if (isLoopbackHost(url.hostname)) return openTrustedConnection(url, null, signal, certificates);
    // Set before the choice, so that one that fails is told as the proxy's failure.
    way.proxy = '';
    way.proxy = await proxyFor(url);
    return openTrustedConnection(url, way.proxy, signal, certificates);
  };
  return { way, open };
}

import { isExempt } from './no-proxy.ts';
import { parseProxyAddress } from './proxy-address.ts';

/** Which proxy leads to an https service: its URL, or null for none. Never asked about a service on this computer. */
export type ProxyChoice = (service: URL) => Promise<string | null>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the usual variables name for https: `https_proxy`, else `all_proxy`, in small letters before
 * capitals, as curl reads them; `no_proxy` lists the hosts that are reached without (`isExempt`). A proxy without a
 * scheme is an http proxy.
 */
export function environmentProxy(environment: Environment): ProxyChoice {
  return (service) => {
    const proxy = variable(environment, 'https_proxy') ?? variable(environment, 'all_proxy');
    if (proxy === null || isExempt(service, variable(environment, 'no_proxy') ?? ''))
      return Promise.resolve(null);
    return Promise.resolve(proxy.includes('://') ? proxy : `http://${proxy}`);
  };
}

/**
 * The proxy to which a program that heeds `http_proxy` would send requests for 127.0.0.1; null: it would ask
 * directly. `localhost` in `no_proxy` does not help: it is another name.
 */
export function proxyOfLocalRequests(environment: Environment): string | null {
  const proxy = variable(environment, 'http_proxy') ?? variable(environment, 'all_proxy');
  const exempt = isExempt(new URL('http://127.0.0.1'), variable(environment, 'no_proxy') ?? '');
  return exempt ? null : proxy;
}

/** What of a proxy may be shown: its host and port. Of an address that is not valid, nothing: it may hold a password. */
export function proxyHost(address: string): string {
  const proxy = parseProxyAddress(address);
  if (!proxy) return '(no readable address)';
  return `${proxy.host.includes(':') ? `[${proxy.host}]` : proxy.host}:${proxy.port}`;
}

function variable(environment: Environment, name: string): string | null {
  const values = [environment[name], environment[name.toUpperCase()]].map((value) => value?.trim() ?? '');
  return values.find((value) => value !== '') ?? null;
}

/** Which proxy leads to an https service: its URL, or null for none. Never asked about a service on this computer. */
export type ProxyChoice = (service: URL) => Promise<string | null>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the usual variables name for https: `https_proxy`, else `all_proxy`, in small letters before
 * capitals, as curl reads them; `no_proxy` lists hosts (with their subdomains, and perhaps a port) reached
 * without, `*` all of them. A proxy named without a scheme is an http one.
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

/** What of a proxy may be shown: its host and port, and never who uses it. What is no URL is not shown at all. */
export function proxyHost(proxy: string): string {
  return URL.parse(proxy.includes('://') ? proxy : `http://${proxy}`)?.host ?? '(no readable address)';
}

function variable(environment: Environment, name: string): string | null {
  const values = [environment[name], environment[name.toUpperCase()]];
  return values.find((value) => value !== undefined && value !== '') ?? null;
}

function isExempt(service: URL, noProxy: string): boolean {
  const port = service.port === '' ? '443' : service.port;
  const entries = noProxy.toLowerCase().split(/[\s,]+/);
  return entries.some((entry) => {
    const [, host = '', entryPort] = /^(?:\*?\.)?(\[.+\]|[^:]+)(?::(\d+))?$/.exec(entry) ?? [];
    if (host === '' || (entryPort !== undefined && entryPort !== port)) return false;
    return host === '*' || service.hostname === host || service.hostname.endsWith(`.${host}`);
  });
}

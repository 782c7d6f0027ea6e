/**
 * The one spelling of a host under which a service is kept and compared; `hostname` as `URL` gives it. Drops the dot
 * that ends an absolute name (RFC 3986 §3.2.2), reads `localhost` as 127.0.0.1 (RFC 6761 §6.3) and an IPv4-mapped
 * address (RFC 4291 §2.5.5.2) as IPv4. Other loopback addresses can be other services.
 */
export function canonicalHost(hostname: string): string {
  const host = hostname.replace(/\.$/, '');
  if (host === 'localhost') return '127.0.0.1';
  const [, high, low] = /^\[::ffff:([\da-f]+):([\da-f]+)\]$/.exec(host) ?? [];
  if (high === undefined || low === undefined) return host;
  const words = [high, low].map((word) => Number.parseInt(word, 16));
  return words.flatMap((word) => [word >> 8, word & 0xff]).join('.');
}

/** 127.0.0.0/8, [::1] or localhost. Names that only look similar are not. */
const loopback = String.raw`(?:localhost\.?|\[::1\]|127(?:\.\d{1,3}){3})`;
const loopbackHost = new RegExp(`^${loopback}$`);
const loopbackService = new RegExp(`^https?://${loopback}(?::\\d+)?(?:/|$)`);

/** Whether a URL's `hostname` is this computer. */
export function isLoopbackHost(hostname: string): boolean {
  return loopbackHost.test(hostname);
}

/** Whether a service, by its base URL, is on this computer. */
export function isLoopbackService(baseUrl: string): boolean {
  return loopbackService.test(baseUrl);
}

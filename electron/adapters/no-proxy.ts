import { BlockList, isIP, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';

/**
 * Whether `no_proxy` names the host of a URL. As curl reads it (CURLOPT_NOPROXY(3)): entries between commas or blanks;
 * a name stands for its subdomains too, with or without a dot before it; an IP address, with or without brackets, for
 * itself alone; a network in CIDR notation (RFC 4632) for its addresses; `*` for all. Also `*.name` and `host:port`.
 */
export function isExempt({ hostname, port, protocol }: URL, noProxy: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$|\.$/, '$1');
  const portInUse = port === '' ? (protocol === 'http:' ? '80' : '443') : port;
  return noProxy.split(/[\s,]+/).some((entry) => {
    if (entry === '*') return true;
    const [, named = '', namedPort = portInUse] = /^(\[.*\]|[^:]*):(\d+)$/.exec(entry) ?? [null, entry];
    if (namedPort !== portInUse) return false;
    return isIP(host) === 0 ? isUnder(host, named) : isInNetwork(host, named);
  });
}

function isUnder(host: string, entry: string): boolean {
  const name = entry
    .replace(/^\*?\./, '')
    .replace(/\.$/, '')
    .toLowerCase();
  const domain = /^[\x21-\x7e]*$/.test(name) ? name : domainToASCII(name);
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

function isInNetwork(address: string, entry: string): boolean {
  const [, network = '', digits] = /^\[?([^[\]/]*)\]?(?:\/(\d{1,3}))?$/.exec(entry) ?? [];
  const [family, bits] = isIPv6(address) ? (['ipv6', 128] as const) : (['ipv4', 32] as const);
  const prefix = digits === undefined ? bits : Number(digits);
  if (isIP(network) !== isIP(address) || prefix > bits) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, family);
  return list.check(address, family);
}

/**
 * The address to open in the person's browser, or null where it may not be: only https, on exactly a host of the
 * list, without a user name, a password or a port.
 */
export function externalLink(url: string, hosts: ReadonlySet<string>): string | null {
  // Programs disagree about what a backslash or a space in an address means.
  if (!/^[\x21-\x5b\x5d-\x7e]+$/.test(url) || !URL.canParse(url)) return null;
  const { protocol, host, username, password, href } = new URL(url);
  const plain = protocol === 'https:' && username === '' && password === '';
  return plain && hosts.has(host) ? href : null;
}

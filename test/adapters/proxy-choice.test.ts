import { describe, expect, it } from 'vitest';
import { environmentProxy, proxyHost, proxyOfLocalRequests } from '../../electron/adapters/proxy-choice.ts';

const service = new URL('https://auth.example.com');
const chosen = (environment: Readonly<Record<string, string>>, url = service) =>
  environmentProxy(environment)(url);

describe('the proxy of the environment', () => {
  it.each([
    [{}, null],
    [{ HTTPS_PROXY: 'http://proxy.example:3128' }, 'http://proxy.example:3128'],
    [{ https_proxy: 'http://small.example', HTTPS_PROXY: 'http://big.example' }, 'http://small.example'],
    [{ https_proxy: '', HTTPS_PROXY: 'http://big.example' }, 'http://big.example'],
    [{ ALL_PROXY: 'socks5://proxy.example' }, 'socks5://proxy.example'],
    [{ all_proxy: 'http://all.example', HTTPS_PROXY: 'http://big.example' }, 'http://big.example'],
    [{ HTTPS_PROXY: 'proxy.example:3128' }, 'http://proxy.example:3128'],
    [{ HTTP_PROXY: 'http://plain.example' }, null],
  ])('is %j → %s', async (environment, proxy) => {
    expect(await chosen(environment)).toBe(proxy);
  });

  it.each([
    '*',
    'auth.example.com',
    'EXAMPLE.com',
    '.example.com',
    '*.example.com',
    'a.test, example.com',
    'a.test example.com:443',
  ])('is none for a host of no_proxy: %s', async (noProxy) => {
    expect(await chosen({ HTTPS_PROXY: 'http://proxy.example', NO_PROXY: noProxy })).toBeNull();
  });

  it.each(['', ',', 'other.example.com', 'ample.com', 'example.com:8443', 'auth.example.com.test', 'auth'])(
    'is not left out for a host that no_proxy does not name: %j',
    async (noProxy) => {
      expect(await chosen({ HTTPS_PROXY: 'http://proxy.example', no_proxy: noProxy })).toBe(
        'http://proxy.example',
      );
    },
  );

  it.each([
    [
      'https://10.1.2.3',
      ['10.1.2.3', '10.0.0.0/8', '10.1.2.0/23', '0.0.0.0/0', '10.1.2.3:443', 'a.test,10.1.2.3'],
    ],
    ['https://10.1.2.3:8443', ['10.1.2.3', '10.1.2.3:8443', '10.1.0.0/16']],
    [
      'https://[2001:db8::1]',
      ['2001:db8::1', '2001:DB8:0::0001', '[2001:db8::1]', '[2001:db8::1]:443', '::1 2001:db8::1'],
    ],
    [
      'https://[2001:db8::1]',
      ['2001:db8::/32', '2001:db8::/33', '[2001:db8::]/32', '::/0', '2001:db8::1/128'],
    ],
    [
      'https://auth.example.com',
      ['example.com.', '.example.com.', 'auth.example.com.:443', 'EXAMPLE.COM', ',,example.com'],
    ],
    ['https://auth.example.com.', ['example.com', 'auth.example.com']],
    ['https://xn--bcher-kva.example', ['bücher.example', 'BÜCHER.example', 'xn--bcher-kva.example']],
  ])('N10 is none for %s, which no_proxy names in each of these ways', async (url, lists) => {
    for (const no_proxy of lists) {
      const found = await chosen({ https_proxy: 'http://proxy.example', no_proxy }, new URL(url));
      expect([no_proxy, found]).toEqual([no_proxy, null]);
    }
  });

  it.each([
    [
      'https://10.1.2.3',
      ['2.3', '.2.3', '10.1.2', '10.1.2.3:8443', '10.2.0.0/16', '10.1.2.3/33', '10/8', '::/0', '/8'],
    ],
    [
      'https://[2001:db8::1]',
      ['2001:db8::2', '2001:db9::/32', '::1', '2001:db8::1/129', '[2001:db8::1]:8443', '0.0.0.0/0'],
    ],
    ['https://auth.example.com', ['0.0.0.0/0', '.', '*.', 'example.com/8', 'com:']],
  ])('N10 is asked for %s, which no_proxy does not name', async (url, lists) => {
    for (const no_proxy of lists) {
      const found = await chosen({ https_proxy: 'http://proxy.example', no_proxy }, new URL(url));
      expect([no_proxy, found]).toEqual([no_proxy, 'http://proxy.example']);
    }
  });

  it('N10 is not changed by blanks around it, and is none where there is nothing else', async () => {
    expect(await chosen({ https_proxy: ' http://proxy.example\n' })).toBe('http://proxy.example');
    expect(await chosen({ https_proxy: ' ', HTTPS_PROXY: ' ' })).toBeNull();
  });

  it('knows a port and an IPv6 address in no_proxy', async () => {
    const environment = { HTTPS_PROXY: 'http://proxy.example', NO_PROXY: 'example.com:8443,[2001:db8::1]' };
    expect(await chosen(environment, new URL('https://auth.example.com:8443'))).toBeNull();
    expect(await chosen(environment, new URL('https://[2001:db8::1]'))).toBeNull();
  });
});

describe('requests of tools for 127.0.0.1', () => {
  const proxy = 'http://proxy.example:3128';

  it.each([
    [{}, null],
    [{ https_proxy: proxy }, null],
    [{ http_proxy: proxy }, proxy],
    [{ HTTP_PROXY: proxy }, proxy],
    [{ all_proxy: proxy, no_proxy: 'localhost' }, proxy],
    [{ http_proxy: proxy, no_proxy: 'localhost,127.0.0.1' }, null],
    [{ http_proxy: proxy, NO_PROXY: '*' }, null],
    [{ http_proxy: proxy, no_proxy: '127.0.0.0/8' }, null],
    [{ http_proxy: proxy, no_proxy: '::1' }, proxy],
  ])('with %o they go by %s', (environment, expected) => {
    expect(proxyOfLocalRequests(environment)).toBe(expected);
  });
});

describe('what is shown of a proxy', () => {
  it.each([
    ['http://anna:secret@proxy.example:3128/path?secret', 'proxy.example:3128'],
    ['anna:secret@proxy.example:3128', 'proxy.example:3128'],
    ['socks5://anna:secret@proxy.example:1080', 'proxy.example:1080'],
    ['http://anna:sec ret@', '(no readable address)'],
    ['http://anna:12/secret@proxy.example:3128', '(no readable address)'],
    ['secret://anna:secret@proxy.example', '(no readable address)'],
    ['http://anna:secret@[fe80::1%25eth0]:3128', '[fe80::1%eth0]:3128'],
  ])('is its host alone: %s', (address, host) => {
    expect(proxyHost(address)).toBe(host);
  });
});

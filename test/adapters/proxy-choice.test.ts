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
  ])('is its host alone: %s', (address, host) => {
    expect(proxyHost(address)).toBe(host);
  });
});

import { describe, expect, it } from 'vitest';
import { proxyIn, systemProxy } from '../../electron/desktop/system-proxy.ts';

describe('the proxy that the system names', () => {
  it.each([
    ['DIRECT', null],
    ['', null],
    ['PROXY proxy.example:8080', 'http://proxy.example:8080'],
    ['proxy proxy.example:8080; DIRECT', 'http://proxy.example:8080'],
    ['HTTPS secure.example:443', 'https://secure.example:443'],
    ['SOCKS5 socks.example:1080; PROXY other.example:80', 'socks5://socks.example:1080'],
    ['QUIC fast.example:443; PROXY proxy.example:8080', 'http://proxy.example:8080'],
    ['DIRECT; PROXY proxy.example:8080', null],
    ['PROXY', null],
    ['QUIC fast.example:443; DIRECT', null],
    ['SOCKS socks.example:1080', 'socks4://socks.example:1080'],
    ['SOCKS4 socks.example:1080', 'socks4://socks.example:1080'],
  ])('“%s” is %s', (list, expected) => {
    expect(proxyIn(list)).toBe(expected);
  });

  it('N10 is one that cannot be used where there is no other, and never a direct connection', () => {
    expect(proxyIn('QUIC fast.example:443; QUIC other.example')).toBe('quic://fast.example:443');
  });

  it('is asked for the very address', async () => {
    const asked: string[] = [];
    const session = {
      resolveProxy: (url: string) => {
        asked.push(url);
        return Promise.resolve('PROXY 10.0.0.1:3128');
      },
    };
    expect(await systemProxy(session, new URL('https://auth.example/login'))).toBe('http://10.0.0.1:3128');
    expect(asked).toEqual(['https://auth.example/login']);
  });
});

import { describe, expect, it } from 'vitest';
import { parseServiceAddress } from '../../electron/adapters/service-address.ts';

describe('the address of a service', () => {
  it.each([
    ['https://auth.example.com', 'https://auth.example.com'],
    ['  HTTPS://Auth.Example.COM:443/  ', 'https://auth.example.com'],
    ['https://example.com:8443/base//', 'https://example.com:8443/base'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://127.8.9.10', 'http://127.8.9.10'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['http://LOCALHOST:80', 'http://127.0.0.1'],
  ])('is kept in one form: %s', (text, address) => {
    expect(parseServiceAddress(text)).toEqual({ ok: true, value: address });
  });

  it.each([
    [
      'http://127.0.0.1:8080',
      ['http://localhost:8080', 'http://localhost.:8080/', 'HTTP://LocalHost:8080//'],
    ],
    ['http://127.0.0.1:8080', ['http://127.1:8080', 'http://0x7f000001:08080', 'http://2130706433:8080']],
    ['https://127.0.0.1', ['https://localhost', 'https://localhost.:443/', 'https://[::ffff:127.0.0.1]']],
    ['https://auth.example.com', ['https://auth.example.com.', 'https://AUTH.example.com.:443/']],
    ['https://auth.example.com', ['https://auth.example.com:/', 'https://auth.example.com:0443']],
    ['https://xn--bcher-kva.example', ['https://BÜCHER.example.', 'https://XN--BCHER-KVA.example']],
    [
      'http://[::1]:8080',
      ['http://[0:0:0:0:0:0:0:1]:8080', 'http://[0::0001]:8080/', 'http://[::0.0.0.1]:8080'],
    ],
    ['https://example.com/~a/%2Fb', ['https://example.com/%7ea/%2fb/', 'https://example.com/x/../~a/./%2Fb']],
  ])('N7 is one service in each spelling: %s', (address, spellings) => {
    expect(spellings.map(parseServiceAddress)).toEqual(spellings.map(() => ({ ok: true, value: address })));
    expect(parseServiceAddress(address)).toEqual({ ok: true, value: address });
  });

  it('N7 is another service at another address, port, scheme or path', () => {
    const addresses = [
      'http://127.0.0.1',
      'http://127.0.0.2',
      'http://[::1]',
      'http://127.0.0.1:8080',
      'https://127.0.0.1',
      'http://127.0.0.1/a',
      'http://127.0.0.1/A',
      'http://127.0.0.1/a//b',
      'http://127.0.0.1/a/b',
      'https://localhost.example',
      'https://example.com',
    ];
    expect(addresses.map(parseServiceAddress)).toEqual(addresses.map((value) => ({ ok: true, value })));
  });

  it.each([
    'http://auth.example.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://[::ffff:127.0.0.1]',
    'http://0.0.0.0',
    'http://192.168.1.1',
  ])('is not plain http to another computer: %s', (address) => {
    expect(parseServiceAddress(address)).toEqual({
      ok: false,
      failure: { code: 'insecure_service', address },
    });
  });

  it.each([
    '',
    'auth.example.com',
    'https:auth.example.com',
    'https://',
    'ftp://example.com',
    'https:\\\\example.com',
    'https://exam ple.com',
    'https://example.com/a\nb',
    'https://example.com:99999',
    'https://[::1',
    'https://.',
    'https://example.com..',
    'https://example..com',
    'http://localhost..',
  ])('is a base URL: %j is none', (address) => {
    expect(parseServiceAddress(address)).toEqual({
      ok: false,
      failure: { code: 'bad_service_address', address },
    });
  });

  it.each([
    ['https://user:hunter2@example.com/a', 'https://…@example.com/a'],
    ['user:hunter2@example.com', '…@example.com'],
    ['https://user:hunt/er#2@example.com', 'https://…@example.com'],
    ['https://example.com/?token=hunter2', 'https://example.com/'],
    ['https://example.com/#hunter2', 'https://example.com/'],
    ['http://example.com:80\\@127.0.0.1', 'http://…@127.0.0.1'],
  ])('L01 keeps a secret that was pasted with it out of the failure: %s', (text, address) => {
    expect(parseServiceAddress(text)).toEqual({
      ok: false,
      failure: { code: 'bad_service_address', address },
    });
  });
});

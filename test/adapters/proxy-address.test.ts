import { expect, it } from 'vitest';
import { parseProxyAddress } from '../../electron/adapters/proxy-address.ts';

const nobody = { username: '', password: '' };
const plain = { kind: 'http', secure: false, ...nobody };
const at = { host: 'proxy.example', port: 3128 };

it.each([
  ['http://proxy.example:3128', { ...plain, ...at }],
  ['proxy.example:3128', { ...plain, ...at }],
  [' HTTP://Proxy.Example.:3128/ignored?too ', { ...plain, ...at }],
  ['http://proxy.example', { ...plain, ...at, port: 1080 }],
  ['http://proxy.example:80', { ...plain, ...at, port: 80 }],
  ['https://proxy.example', { ...plain, ...at, secure: true, port: 443 }],
  ['https://proxy.example:3128', { ...plain, ...at, secure: true }],
  ['socks://proxy.example', { ...at, ...nobody, kind: 'socks5', secure: false, port: 1080 }],
  ['socks5://proxy.example:3128', { ...at, ...nobody, kind: 'socks5', secure: false }],
  ['socks5h://proxy.example:3128', { ...at, ...nobody, kind: 'socks5', secure: false }],
  ['SOCKS5H://proxy.example', { ...at, ...nobody, kind: 'socks5', secure: false, port: 1080 }],
  ['socks4://proxy.example:3128', { ...at, ...nobody, kind: 'socks4', secure: false }],
  ['socks4a://proxy.example:3128', { ...at, ...nobody, kind: 'socks4', secure: false }],
  ['http://bücher.example:3128', { ...plain, ...at, host: 'xn--bcher-kva.example' }],
  ['http://10.0.0.1:3128', { ...plain, ...at, host: '10.0.0.1' }],
  ['[2001:DB8::0:1]:3128', { ...plain, ...at, host: '2001:db8::1' }],
  ['http://[fe80::1%25eth0]:3128', { ...plain, ...at, host: 'fe80::1%eth0' }],
  ['http://[fe80::1%eth0]:3128', { ...plain, ...at, host: 'fe80::1%eth0' }],
  ['http://anna:secret@proxy.example:3128', { ...plain, ...at, username: 'anna', password: 'secret' }],
  ['anna:secret@proxy.example:3128', { ...plain, ...at, username: 'anna', password: 'secret' }],
  ['http://anna@proxy.example:3128', { ...plain, ...at, username: 'anna' }],
  ['http://:secret@proxy.example:3128', { ...plain, ...at, password: 'secret' }],
  [
    'http://a%40b%3A:p%2F%C3%BC%23@proxy.example:3128',
    { ...plain, ...at, username: 'a@b:', password: 'p/ü#' },
  ],
  [
    `socks5://${'a'.repeat(255)}:${'b'.repeat(255)}@proxy.example:3128`,
    { ...at, kind: 'socks5', secure: false, username: 'a'.repeat(255), password: 'b'.repeat(255) },
  ],
  ['http://anna:%zz100%@proxy.example:3128', { ...plain, ...at, username: 'anna', password: '%zz100%' }],
  [
    'http://anna@corp:se:cr@et@proxy.example:3128',
    { ...plain, ...at, username: 'anna@corp', password: 'se:cr@et' },
  ],
])('N10 a proxy’s address is read as curl reads it: %s', (text, proxy) => {
  expect(parseProxyAddress(text)).toEqual(proxy);
});

it.each([
  '',
  'http://',
  '://proxy.example',
  'http://anna:secret@',
  'http://proxy.example:secret',
  'http://proxy.example:0',
  'http://proxy.example:65536',
  'http://pro xy.example',
  'http://[::1',
  'http://::1:3128',
  'http://[proxy.example]:3128',
  'http://[fe80::1%]:3128',
  'http://[proxy%eth0]:3128',
  // The password’s start would be taken for the port.
  'http://anna:12#3@proxy.example:3128',
  'http://anna:12/3@proxy.example:3128',
  'http://anna:12?3@proxy.example:3128',
  'gopher://proxy.example',
  'quic://proxy.example:443',
  'socks6://proxy.example',
  // Each may have 255 bytes (RFC 1929 §2).
  `socks5://${'a'.repeat(256)}:secret@proxy.example`,
  `socks5://anna:${'ü'.repeat(128)}@proxy.example`,
])('N10 a proxy’s address is not valid: %j', (text) => {
  expect(parseProxyAddress(text)).toBeNull();
});

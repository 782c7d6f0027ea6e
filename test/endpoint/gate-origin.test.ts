import { describe, expect, it } from 'vitest';
import { anyHost } from '../../electron/endpoint/gate.ts';
import { outcome, port, withHeaders, withHost } from '../support/gate-request.ts';

describe('the Host header', () => {
  it.each([
    ['E01 of a rebound name', `evil.test:${port}`],
    ['E05 without a port', '127.0.0.1'],
    ['E05 with another port', `127.0.0.1:${port + 1}`],
    ['E05 in other case', `LOCALHOST:${port}`],
    ['E05 with a trailing dot', `localhost.:${port}`],
    ['E05 beginning like ours', `127.evil.com:${port}`],
    ['E05 with ours as a subdomain', `127.0.0.1.evil.com:${port}`],
    ['E05 with ours as user', `127.0.0.1@evil:${port}`],
    ['E05 as mapped IPv6', `[::ffff:127.0.0.1]:${port}`],
    ['E05 as IPv6', `[::1]:${port}`],
    ['E05 unspecified', `0.0.0.0:${port}`],
    ['E05 abbreviated', `127.1:${port}`],
    ['E05 as a decimal number', `2130706433:${port}`],
    ['E05 in hexadecimal', `0x7f.1:${port}`],
    ['E05 under localhost', `foo.localhost:${port}`],
    ['E05 of a container', `host.docker.internal:${port}`],
    ['E05 of this machine', `workstation:${port}`],
    ['E05 of the local network', `foo.local:${port}`],
    ['E09 of a rebound page that shows no Origin', 'attacker.example'],
  ])('%s is refused, with a good key', (_, value) => {
    expect(outcome(withHost(value))).toBe('forbidden_host');
  });

  it.each([
    ['E02 missing', []],
    ['E03 empty', ['']],
    ['E04 doubled, good first', [`127.0.0.1:${port}`, 'evil.test']],
    ['E04 doubled, evil first', ['evil.test', `127.0.0.1:${port}`]],
    ['E04 doubled, both good', [`127.0.0.1:${port}`, `127.0.0.1:${port}`]],
  ])('%s is a bad request on TCP and on the socket', (_, values) => {
    expect(outcome(withHost(...values))).toBe('bad_request');
    expect(outcome(withHost(...values), anyHost)).toBe('bad_request');
  });

  it('may be any other on the Unix socket', () => {
    expect(outcome(withHost('token-tray'), anyHost)).toBe('admitted');
  });
});

describe('a request from a web page', () => {
  it.each([
    'http://evil',
    'null',
    'chrome-extension://x',
    `http://127.0.0.1:${port}`,
    'app://token-tray',
    '',
  ])('E07 with Origin “%s” is refused, with a good key', (origin) => {
    expect(outcome(withHeaders('Origin', origin))).toBe('forbidden_origin');
  });

  it.each([
    ['sec-fetch-site', 'none'],
    ['Sec-Fetch-Dest', 'empty'],
    ['SEC-FETCH-USER', '?1'],
    ['Sec-Fetch-Mode', 'navigate'],
    ['Sec-Fetch-Mode', 'no-cors'],
    ['Sec-Fetch-Mode', ''],
  ])('E08 with %s: %s is refused, with a good key', (name, value) => {
    expect(outcome(withHeaders(name, value))).toBe('forbidden_origin');
  });

  it('E08 Sec-Fetch-Mode: cors alone is Node’s own fetch, and passes', () => {
    expect(outcome(withHeaders('sec-fetch-mode', 'cors'))).toBe('admitted');
    expect(outcome(withHeaders('sec-fetch-mode', 'cors', 'sec-fetch-mode', 'navigate'))).toBe(
      'forbidden_origin',
    );
  });

  it('E07 is refused on the Unix socket and on the route without key too', () => {
    expect(outcome(withHeaders('Origin', 'null'), anyHost)).toBe('forbidden_origin');
    expect(outcome({ url: '/healthz', ...withHeaders('Origin', 'null') })).toBe('forbidden_origin');
  });

  it('E10 a preflight is refused whatever it asks for', () => {
    const preflight = withHeaders('Origin', 'http://evil', 'Access-Control-Request-Private-Network', 'true');
    expect(outcome({ method: 'OPTIONS', ...preflight })).toBe('forbidden_origin');
  });
});

import { describe, expect, it } from 'vitest';
import {
  admission,
  host,
  key,
  outcome,
  port,
  toolKey,
  withAuthorization,
  withHeaders,
  withHost,
} from '../support/gate-request.ts';

describe('a request with the owner’s key', () => {
  it('is admitted to its route with its query undecoded', () => {
    expect(admission({ url: '/v1/token?min_ttl=%35' })).toMatchObject({
      kind: 'admitted',
      route: { path: '/v1/token' },
      caller: { kind: 'owner' },
      query: 'min_ttl=%35',
      hasBody: false,
    });
  });

  it.each([`127.0.0.1:${port}`, `localhost:${port}`])('is admitted with Host %s', (value) => {
    expect(outcome(withHost(value))).toBe('admitted');
  });

  it.each([
    ['a length', ['Content-Length', '2'], true],
    ['a length of 0', ['content-length', '0'], false],
    ['chunks', ['TRANSFER-ENCODING', 'chunked'], true],
  ])('tells a body announced by %s', (_, header, hasBody) => {
    expect(admission(withHeaders(...header))).toMatchObject({ kind: 'admitted', hasBody });
  });
});

describe('the key', () => {
  it.each([
    ['E20 missing', []],
    ['E20 empty', ['']],
    ['E20 a scheme alone', ['Bearer']],
    ['E20 a scheme and a space', ['Bearer ']],
    ['E20 unknown, in lower case', ['bearer x']],
    ['E20 after a tab', [`Bearer\t${key.reveal()}`]],
    ['E20 without a space', [`Bearer${key.reveal()}`]],
    ['E20 of 10 KB', [`Bearer ${'a'.repeat(10_240)}`]],
    ['E20 not in ASCII', ['Bearer schlüssel']],
    ['E20 with an encoded line break', [`Bearer ${key.reveal()}%0d%0a`]],
    ['E22 a byte too long', [`Bearer ${key.reveal()}a`]],
    ['E22 a byte too short', [`Bearer ${key.reveal().slice(0, -1)}`]],
    ['E22 a prefix', [`Bearer ${key.reveal().slice(0, 8)}`]],
    ['E22 with one bit wrong', [`Bearer ${oneBitOff(key.reveal())}`]],
    ['E14 as Basic', [`Basic ${Buffer.from(`x:${key.reveal()}`).toString('base64')}`]],
  ])('%s is not known', (_, values) => {
    expect(outcome(withAuthorization(...values))).toBe('bad_key');
  });

  it.each(['bearer ', 'BEARER ', 'bEaReR ', 'Bearer  ', 'bearer   '])(
    'E51 is known after “%s”: the scheme has no case, and any number of spaces follows it',
    (scheme) => {
      expect(outcome(withAuthorization(scheme + key.reveal()))).toBe('admitted');
      expect(admission(withAuthorization(scheme + toolKey.reveal()))).toMatchObject({
        caller: { name: 'reports' },
      });
    },
  );

  it('E21 beside another Authorization header is a bad request', () => {
    expect(outcome(withAuthorization(`Bearer ${key.reveal()}`, 'Bearer x'))).toBe('bad_request');
    expect(outcome(withAuthorization('Bearer x', `Bearer ${key.reveal()}`))).toBe('bad_request');
  });

  it.each([
    ['the query', { url: `/v1/token?key=${key.reveal()}`, rawHeaders: host }],
    ['a cookie', { rawHeaders: [...host, 'Cookie', `key=${key.reveal()}`] }],
    ['a header of its own', { rawHeaders: [...host, 'X-Api-Key', key.reveal()] }],
    ['the proxy’s header', { rawHeaders: [...host, 'Proxy-Authorization', `Bearer ${key.reveal()}`] }],
  ])('E14 in %s is not looked at', (_, head) => {
    expect(outcome(head)).toBe('bad_key');
  });

  it('is asked for on every path but the public ones, so that paths cannot be tried out without one', () => {
    expect(outcome({ url: '/v1/nothing', rawHeaders: host })).toBe('bad_key');
    expect(outcome({ method: 'DELETE', rawHeaders: host })).toBe('bad_key');
    expect(outcome({ url: '/healthz', rawHeaders: host })).toBe('admitted');
  });

  it('of a tool opens what is not the owner’s alone', () => {
    const asTool = withAuthorization(`Bearer ${toolKey.reveal()}`);
    expect(admission(asTool)).toMatchObject({ caller: { kind: 'tool', name: 'reports' } });
    expect(outcome({ method: 'POST', url: '/v1/login', ...asTool })).toBe('forbidden');
  });
});

describe('method and path', () => {
  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'FOO', 'get', 'head'])(
    'E16 %s is not a method of GET’s route',
    (method) => {
      expect(admission({ method })).toMatchObject({ code: 'method_not_allowed', allow: 'GET, HEAD' });
    },
  );

  it('E53 HEAD is a method of GET’s routes, and of no other', () => {
    expect(admission({ method: 'HEAD' })).toMatchObject({ kind: 'admitted', route: { path: '/v1/token' } });
    expect(outcome({ method: 'HEAD', url: '/healthz', rawHeaders: host })).toBe('admitted');
    expect(admission({ method: 'HEAD', url: '/v1/login' })).toMatchObject({
      code: 'method_not_allowed',
      allow: 'POST',
    });
    expect(outcome({ method: 'HEAD', rawHeaders: host })).toBe('bad_key');
  });

  it.each([
    '/',
    '//v1/token',
    '/v1/token/',
    '/V1/TOKEN',
    '/v1/../v1/token',
    '/v1/%74oken',
    '/v1/token;a',
    '/v1/token%00',
    '/v1/token%3Fmin_ttl=1',
    '/favicon.ico',
    `/${'a'.repeat(8_192)}`,
  ])('E17 the path %.40s is not found', (url) => {
    expect(outcome({ url })).toBe('not_found');
  });

  it.each(['http://evil.com/v1/token', `http://127.0.0.1:${port}/v1/token`, '*', '', 'v1/token'])(
    'E06 the target “%s” is no path, and a bad request',
    (url) => {
      expect(outcome({ url })).toBe('bad_request');
    },
  );

  it('E33 more than a hundred header fields are a bad request', () => {
    expect(outcome(withHeaders(...Array.from({ length: 99 }, () => ['X', 'x']).flat()))).toBe('bad_request');
  });
});

describe('the order of refusals', () => {
  it('takes what is ambiguous first, then the page, then the Host, then the key', () => {
    const page = ['Origin', 'null'];
    expect(outcome({ rawHeaders: ['Host', 'evil.test', 'Host', 'evil.test', ...page] })).toBe('bad_request');
    expect(outcome({ rawHeaders: ['Host', 'evil.test', ...page] })).toBe('forbidden_origin');
    expect(outcome({ rawHeaders: ['Host', 'evil.test'] })).toBe('forbidden_host');
    expect(outcome({ rawHeaders: host, url: '/v1/nothing' })).toBe('bad_key');
  });
});

function oneBitOff(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return text.slice(0, -1) + String.fromCharCode(last ^ 1);
}

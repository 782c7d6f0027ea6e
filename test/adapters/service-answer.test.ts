import { describe, expect, it } from 'vitest';
import { opened } from '../support/opened-reply.ts';
import { answeredRequests, read, readAt } from '../support/read-answer.ts';

const lost = (missing: 'json' | 'access_token' | 'refresh_token') => ({
  kind: 'lost',
  failure: { code: 'unreadable_answer', missing },
});

describe.each(answeredRequests)('an answer to a %s that brings tokens', (request) => {
  it.each([
    ['of the login by Basic', { access: 'a-1', refresh: 'r-1' }],
    ['of the login by JSON', { status: true, token: 'a-1', refreshToken: 'r-1' }],
    ['of the refresh', { status: true, data: { access_token: 'a-1', refresh_token: 'r-1' } }],
    ['with the data null', { access: 'a-1', refresh: 'r-1', data: null }],
    ['with data that is no object', { access: 'a-1', refresh: 'r-1', data: 'ok' }],
  ])('is read in the shape %s', (_, body) => {
    expect(opened(read(request, body))).toEqual(['a-1', 'r-1']);
  });

  it('is read with a BOM and white space around it', () => {
    expect(opened(read(request, '\uFEFF \r\n{"access":"a-1","refresh":"r-1"}\n\n'))).toEqual(['a-1', 'r-1']);
  });

  it.each([
    'application/json; charset=utf-8',
    'Application/Problem+JSON',
    'text/json',
    'text/plain',
    '',
    null,
  ])('S11 is read with the content type %j', (contentType) => {
    expect(opened(read(request, { access: 'a-1', refresh: 'r-1' }, { contentType }))).toEqual(['a-1', 'r-1']);
  });

  it('is no failure because of what else it says', () => {
    const user = { name: 'Blocked', note: 'TOO_MANY_ATTEMPTS, suspended' };
    const body = {
      status: true,
      detail: 'account was disabled once',
      token: 'a-1',
      refreshToken: 'r-1',
      user,
    };
    expect(opened(read(request, body, { status: 201 }))).toEqual(['a-1', 'r-1']);
  });

  it('S15 has the lifetime by the token and the answer’s Date', () => {
    const exp = readAt / 1000 + 1200;
    const token = `eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.`;
    const reply = read(request, { access: token, refresh: 'r' }, { date: 'Mon, 05 Jan 2026 12:00:00 GMT' });
    expect(reply).toMatchObject({ kind: 'issued', tokens: { lifetimeMs: 1_200_000 } });
  });

  it('L01 prints masked', () => {
    const reply = read(request, { access: 'a-1', refresh: 'r-1' });
    expect(JSON.stringify(reply)).not.toMatch(/a-1|r-1/);
  });
});

describe('an answer whose refresh token is missing', () => {
  it('S11 is unreadable to a login', () => {
    expect(read('login', { access: 'a-1' })).toEqual(lost('refresh_token'));
    expect(read('login', { token: 'a-1', refreshToken: null })).toEqual(lost('refresh_token'));
  });

  it.each([{}, { refresh_token: null }, { refresh_token: '' }])(
    'keeps the old one at a refresh: %j',
    (more) => {
      expect(opened(read('refresh', { status: true, data: { access_token: 'a-1', ...more } }))).toEqual([
        'a-1',
        null,
      ]);
    },
  );

  it.each([5, true, ['r-1'], { token: 'r-1' }, 'r 1', 'r\r\n1', 'r-1\u0000', 'ré'])(
    'S11 is unreadable to a refresh too where something else stands in its place: %j',
    (refreshToken) => {
      expect(
        read('refresh', { status: true, data: { access_token: 'a-1', refresh_token: refreshToken } }),
      ).toEqual(lost('refresh_token'));
    },
  );
});

describe.each(answeredRequests)('a 2xx answer to a %s that cannot be read', (request) => {
  it.each([
    ['an HTML page', '<!doctype html><title>Sign in to the network</title>', 'text/html'],
    ['tokens that call themselves HTML', '{"access":"a-1","refresh":"r-1"}', 'text/html; charset=utf-8'],
    ['tokens that call themselves an image', '{"access":"a-1","refresh":"r-1"}', 'image/png'],
    ['a failure that calls itself HTML', '{"status":false}', 'text/html'],
    ['nothing', '', 'application/json'],
    ['half a JSON', '{"access":"a-1","ref', 'application/json'],
    ['a JSON null', 'null', 'application/json'],
    ['a JSON string', '"a-1"', 'application/json'],
    ['a JSON list', '[{"access":"a-1","refresh":"r-1"}]', 'application/json'],
    ['a very deep JSON', '['.repeat(500_000), 'application/json'],
  ])('S11 S10 is unreadable: %s', (_, body, contentType) => {
    expect(read(request, body, { contentType })).toEqual(lost('json'));
  });

  it.each([
    {},
    { status: true },
    { status: 'false', detail: 'expired' },
    { detail: 'expired' },
    { refresh: 'r-1' },
    { access: 5, refresh: 'r-1' },
    { access: ['a-1'], refresh: 'r-1' },
    { access: null, refresh: 'r-1' },
    { access: '', refresh: 'r-1' },
    { access: 'a 1', refresh: 'r-1' },
    { access: 'a-1\r\nx: y', refresh: 'r-1' },
    { access: 'ä', refresh: 'r-1' },
    { access: 'a\u007f', refresh: 'r-1' },
    { data: [{ access_token: 'a-1', refresh_token: 'r-1' }] },
    { user: { access: 'a-1', refresh: 'r-1' } },
  ])('S11 S13 lacks the access token: %j', (body) => {
    expect(read(request, body)).toEqual(lost('access_token'));
  });
});

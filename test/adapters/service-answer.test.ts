import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { readServiceAnswer, type ServiceAnswer } from '../../electron/adapters/service-answer.ts';
import type { ServiceReply } from '../../electron/core/ports.ts';

type Request = 'login' | 'refresh';

const now = Date.UTC(2026, 0, 5, 12, 0, 0);
const requests: readonly Request[] = ['login', 'refresh'];

function read(request: Request, body: unknown, answer: Partial<ServiceAnswer> = {}): ServiceReply {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const usual = { status: 200, contentType: 'application/json', date: null, retryAfter: null, body: text };
  return readServiceAnswer(request, { ...usual, ...answer }, now);
}

/** A reply with its secrets laid open, to be compared. */
function opened(reply: ServiceReply): unknown {
  if (reply.kind !== 'issued') return reply;
  return [reply.tokens.accessToken.reveal(), reply.tokens.refreshToken?.reveal() ?? null];
}

const lost = (missing: 'json' | 'access_token' | 'refresh_token') => ({
  kind: 'lost',
  failure: { code: 'unreadable_answer', missing },
});
const refused = (code: 'wrong_credentials' | 'expired' | 'suspended') => ({
  kind: 'refused',
  failure: { code },
});
const serviceError = (status: number) => ({ kind: 'lost', failure: { code: 'service_error', status } });

describe.each(requests)('an answer to a %s that brings tokens', (request) => {
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
    const exp = now / 1000 + 1200;
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

describe.each(requests)('a 2xx answer to a %s that cannot be read', (request) => {
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

describe.each([
  ['login', refused('wrong_credentials')],
  ['refresh', refused('expired')],
] as const)('a refusal of a %s', (request, plainly) => {
  it.each([400, 401])('S09 S10 is a %i whatever its body', (status) => {
    const bodies = [
      '',
      'null',
      '[]',
      '"no"',
      '<html><button disabled>',
      'Unauthorized',
      '{',
      { access: 'a-1', refresh: 'r-1' },
      { status: true },
    ];
    for (const body of bodies) {
      expect(read(request, body, { status, contentType: 'text/html' })).toEqual(plainly);
    }
  });

  it.each([200, 201, 400, 401])('is status false with HTTP %i, in each form', (status) => {
    for (const more of [
      {},
      { detail: 'Token expired' },
      { error: { reason: 'no' } },
      { error_details: [null, 1] },
    ]) {
      expect(
        read(request, { status: false, token: 'a-1', refreshToken: 'r-1', ...more }, { status }),
      ).toEqual(plainly);
    }
  });

  it.each([
    { detail: 'Account suspended' },
    { error: 'USER_DISABLED' },
    { error: { code: 400, errors: [{ message: 'This user is DISABLED by an administrator.' }] } },
    { error_details: ['the account was', { text: 'Blocked' }] },
  ])('is a suspended account where its text says so: %j', (words) => {
    for (const status of [200, 400, 401]) {
      expect(read(request, { status: false, ...words }, { status })).toEqual(refused('suspended'));
    }
  });

  it('is a suspended account with HTTP 403, whatever its body', () => {
    for (const body of [
      '',
      '<html>',
      { status: false, detail: 'Account suspended' },
      { access: 'a-1', refresh: 'r-1' },
    ]) {
      expect(read(request, body, { status: 403 })).toEqual(refused('suspended'));
    }
  });

  it('says suspended by its text alone, not by names or by what else is in it', () => {
    const body = {
      status: false,
      detail: 'expired',
      error: { blocked: true },
      user: 'suspended',
      disabled: false,
    };
    expect(read(request, body, { status: 401 })).toEqual(plainly);
  });

  it('bears a text nested beyond reason', () => {
    const body = `{"status":false,"error":${'['.repeat(5000)}"suspended"${']'.repeat(5000)}}`;
    expect(read(request, body, { status: 401 })).toEqual(plainly);
  });
});

describe.each(requests)('too many, answered to a %s', (request) => {
  const tooMany = (retryAfterMs: number) => ({ kind: 'too_many', retryAfterMs });

  it('S07 is HTTP 429, with what Retry-After says', () => {
    expect(read(request, '', { status: 429, retryAfter: '300' })).toEqual(tooMany(300_000));
    expect(read(request, '<html>', { status: 429, contentType: 'text/html' })).toEqual(tooMany(600_000));
    const retryAfter = 'Mon, 05 Jan 2026 12:02:00 GMT';
    expect(read(request, {}, { status: 429, retryAfter })).toEqual(tooMany(120_000));
  });

  it('S07 is TOO_MANY_ATTEMPTS in a failure’s text, though that speaks of disabled access as well', () => {
    const message = 'TOO_MANY_ATTEMPTS_TRY_LATER : Access to this account has been temporarily disabled.';
    for (const status of [200, 400, 401, 403, 500]) {
      const body = { status: false, error: { message } };
      expect(read(request, body, { status, retryAfter: '90' })).toEqual(tooMany(90_000));
    }
    expect(read(request, message, { status: 400, contentType: 'text/plain' })).toEqual(tooMany(600_000));
  });

  it('S07 comes before a suspended account', () => {
    expect(read(request, { status: false, detail: 'blocked' }, { status: 429 })).toEqual(tooMany(600_000));
  });
});

describe.each(requests)('any other answer to a %s', (request) => {
  it.each([
    301, 302, 303, 307, 308, 402, 404, 405, 407, 408, 409, 410, 421, 422, 425, 451, 500, 502, 503, 504, 599,
  ])('S03 S08 S11 says nothing of the session: %i', (status) => {
    for (const body of [
      '',
      '<html>',
      { status: false, detail: 'Account suspended' },
      { access: 'a', refresh: 'r' },
    ]) {
      expect(read(request, body, { status })).toEqual(serviceError(status));
    }
  });

  it('is read without an exception, whatever it is, and gives none of its text away', () => {
    const says = fc.record({ status: fc.boolean(), detail: fc.constant('MARK'), error: fc.jsonValue() });
    const body = fc.oneof(fc.string(), fc.json(), says.map((failure) => JSON.stringify(failure)));
    const header = fc.option(fc.oneof(fc.string(), fc.constant('application/json; MARK')), { nil: null });
    const answer = fc.record({
      status: fc.integer({ min: 200, max: 599 }),
      contentType: header,
      date: header,
      retryAfter: header,
    });
    fc.assert(
      fc.property(body, answer, (text, more) => {
        const reply = read(request, text, more);
        expect(['issued', 'refused', 'too_many', 'lost']).toContain(reply.kind);
        expect(JSON.stringify(reply)).not.toContain('MARK');
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { answeredRequests, read } from '../support/read-answer.ts';

const refused = (code: 'wrong_credentials' | 'expired' | 'suspended') => ({
  kind: 'refused',
  failure: { code },
});
const serviceError = (status: number) => ({ kind: 'lost', failure: { code: 'service_error', status } });

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

describe.each(answeredRequests)('too many, answered to a %s', (request) => {
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

describe.each(answeredRequests)('any other answer to a %s', (request) => {
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
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      says.map((failure) => JSON.stringify(failure)),
    );
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

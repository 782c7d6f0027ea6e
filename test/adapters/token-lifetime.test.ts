import { UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { tokenLifetimeMs } from '../../electron/adapters/token-lifetime.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const issuedAt = Date.UTC(2026, 0, 5, 12, 0, 0) / 1000;
const date = 'Mon, 05 Jan 2026 12:00:00 GMT';

/** A JWT whose payload is this text, which need not be what a JWT may hold. */
function jwt(payload: string): string {
  return `eyJhbGciOiJub25lIn0.${Buffer.from(payload).toString('base64url')}.c2lnbmF0dXJl`;
}

describe('the lifetime of an access token', () => {
  it('S13 is exp - iat of a JWT, whatever the local clock says', () => {
    const token = new UnsecuredJWT()
      .setIssuedAt(100)
      .setExpirationTime(100 + 2700)
      .encode();
    expect(tokenLifetimeMs(token, null)).toBe(45 * minuteMs);
  });

  it('S15 is exp less the answer’s Date where that is the smaller: the token was issued a while ago', () => {
    const token = jwt(JSON.stringify({ iat: issuedAt - 600, exp: issuedAt + 2100 }));
    expect(tokenLifetimeMs(token, date)).toBe(35 * minuteMs);
  });

  it('S15 is exp - iat where the Date lies behind', () => {
    const token = jwt(JSON.stringify({ iat: issuedAt + 3600, exp: issuedAt + 3600 + 60 }));
    expect(tokenLifetimeMs(token, date)).toBe(minuteMs);
  });

  it('S15 is exp less the Date where there is no iat', () => {
    expect(tokenLifetimeMs(jwt(JSON.stringify({ exp: issuedAt + 60 })), date)).toBe(minuteMs);
  });

  it.each([
    ['no JWT at all', 'opaque-token', date],
    ['no exp', jwt('{"iat":1}'), date],
    ['an exp with nothing to count it from', jwt(`{"exp":${issuedAt}}`), null],
    ['an exp with a Date that is none', jwt(`{"exp":${issuedAt}}`), 'tomorrow'],
    ['an exp of text', jwt('{"iat":1,"exp":"2700"}'), date],
    ['an exp of null', jwt('{"iat":1,"exp":null}'), date],
    ['an exp beyond all numbers', jwt('{"iat":1,"exp":1e400}'), date],
    ['dates beyond all numbers', jwt('{"iat":1e400,"exp":1e400}'), null],
    ['a payload that is no JSON', jwt('nonsense'), date],
    ['a payload that is a list', jwt('[1]'), date],
    ['five parts', 'eyJhbGciOiJub25lIn0.a.b.c.d', date],
  ])('S13 is 45 min with %s', (_, token, answerDate) => {
    expect(tokenLifetimeMs(token, answerDate)).toBe(45 * minuteMs);
  });

  it.each([
    ['0', 1000],
    ['-5', 1000],
    ['0.25', 1000],
    ['1', 1000],
    ['-1e300', 1000],
    ['1e12', dayMs],
    ['1e300', dayMs],
  ])('S13 is held between 1 s and 24 h: %s s', (seconds, lifetimeMs) => {
    expect(tokenLifetimeMs(jwt(`{"iat":0,"exp":${seconds}}`), null)).toBe(lifetimeMs);
  });

  it('S13 is never anything else, whatever the payload', () => {
    const payload = fc.oneof(
      fc.json(),
      fc.record({ iat: fc.anything(), exp: fc.anything() }).map((it) => stringified(it)),
    );
    fc.assert(
      fc.property(
        payload,
        fc.option(fc.oneof(fc.string(), fc.date().map(String)), { nil: null }),
        (text, answerDate) => {
          const lifetimeMs = tokenLifetimeMs(jwt(text), answerDate);
          expect(lifetimeMs).toBeGreaterThanOrEqual(1000);
          expect(lifetimeMs).toBeLessThanOrEqual(dayMs);
        },
      ),
    );
  });
});

function stringified(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '{}';
  }
}

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { parseHttpDate } from '../../electron/adapters/http-date.ts';
import { retryAfterMs } from '../../electron/adapters/retry-after.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const now = Date.UTC(1994, 10, 6, 8, 49, 37);

describe('an HTTP-date', () => {
  it.each(['Sun, 06 Nov 1994 08:49:37 GMT', ' Sun Nov  6 08:49:37 1994 '])(
    'S07 is read in each form of RFC 9110: %s',
    (text) => {
      expect(parseHttpDate(text)).toBe(now);
    },
  );

  it('S07 is read in the form of RFC 850, whose year has two digits', () => {
    expect(parseHttpDate('Thursday, 06-Nov-31 08:49:37 GMT')).toBe(Date.UTC(2031, 10, 6, 8, 49, 37));
  });

  it.each([
    '',
    '0',
    '5 apples',
    '2026-01-05T12:00:00Z',
    'Sun, 06 Nov 1994 08:49:37 CET',
    'Sun, 06 Foo 1994 08:49:37 GMT',
  ])('S07 is nothing that merely looks like one: %j', (text) => {
    expect(parseHttpDate(text)).toBeNull();
  });
});

describe('Retry-After', () => {
  it.each([
    ['seconds', '90', 90_000],
    ['seconds with spaces around', ' 120 ', 120_000],
    ['a date', 'Sun, 06 Nov 1994 08:59:37 GMT', 10 * minuteMs],
    ['zero, held at 1 min', '0', minuteMs],
    ['less than 1 min', '59', minuteMs],
    ['more than 24 h', '86401', dayMs],
    ['an absurd number', '9'.repeat(400), dayMs],
    ['a date in years', 'Sun, 06 Nov 2094 08:49:37 GMT', dayMs],
  ])('S07 is %s', (_, header, waitMs) => {
    expect(retryAfterMs(header, null, now)).toBe(waitMs);
  });

  it.each([
    null,
    '',
    '-1',
    '-99999',
    '1.5',
    '1e3',
    '0x10',
    'soon',
    'NaN',
    'Infinity',
    'Sun, 06 Nov 1994 08:49:36 GMT',
    '60, 120',
  ])('S07 is 10 min where it is missing, negative or cannot be read: %j', (header) => {
    expect(retryAfterMs(header, null, now)).toBe(10 * minuteMs);
  });

  it('S07 is counted from the answer’s own Date, so that a wrong local clock does no harm', () => {
    const year = 365 * dayMs;
    const wait = retryAfterMs('Sun, 06 Nov 1994 08:54:37 GMT', 'Sun, 06 Nov 1994 08:49:37 GMT', now + year);
    expect(wait).toBe(5 * minuteMs);
  });

  it('S07 is always between 1 min and 24 h', () => {
    const header = fc.option(fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String)), {
      nil: null,
    });
    fc.assert(
      fc.property(header, header, fc.integer(), (retryAfter, date, at) => {
        const wait = retryAfterMs(retryAfter, date, at);
        expect(wait).toBeGreaterThanOrEqual(minuteMs);
        expect(wait).toBeLessThanOrEqual(dayMs);
      }),
    );
  });
});

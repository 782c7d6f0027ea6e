import { describe, expect, it } from 'vitest';
import { durationSeconds } from '../../electron/cli/duration.ts';
import { curlConfigLine } from '../../electron/cli/header.ts';
import { secondsOfNewToken } from '../../electron/cli/renew.ts';
import { statusColour, statusLines } from '../../electron/cli/status-words.ts';
import { moment } from '../../electron/cli/time-words.ts';
import { problemReasons } from '../../electron/contract/problems.ts';
import { sessionStates } from '../../electron/contract/session-states.ts';
import type { StatusAnswer } from '../../electron/contract/wire.ts';

const status: StatusAnswer = {
  state: 'active',
  account: 'anna',
  accounts: [{ account: 'anna', state: 'active', default: true }],
  expires_in: null,
  expires_at: null,
  last_renewal: null,
  next_renewal_at: null,
  budget: { used: 1, limit: 60, next_at: null },
  rate_limited_until: null,
  reason: null,
  paused_until: null,
  key_store: 'memory',
  locked_reason: null,
  endpoint: { url: 'http://127.0.0.1:7145', socket: null },
};

describe('a time span', () => {
  it.each([
    ['30m', 1800],
    ['1h', 3600],
    ['1.5h', 5400],
    ['24 hours', 86_400],
    ['1D', 86_400],
  ])('%s is read in whole seconds', (text, seconds) => {
    expect(durationSeconds(text, 86_400)).toBe(seconds);
  });

  it.each(['', '90', '-1h', '25h', '0s', '500ms', '1x', 'h', '1h30m', '1e3h', '9999999999h'])(
    '“%s” will not do',
    (text) => {
      expect(durationSeconds(text, 86_400)).toBeNull();
    },
  );
});

describe('a moment', () => {
  it('is told with its date where it is not today', () => {
    const now = new Date(2026, 0, 31, 12, 0);
    expect(moment(new Date(2026, 0, 31, 14, 5).toISOString(), now)).toBe('14:05');
    expect(moment(new Date(2026, 1, 1, 9, 5).toISOString(), now)).toBe('2026-02-01 09:05');
  });
});

describe('the status in words', () => {
  it.each(sessionStates)('begins with how it stands, and what to do where a person has to: %s', (state) => {
    const [first = ''] = statusLines({ ...status, state });
    expect(first).toMatch(/[.…n]$/);
    if (statusColour({ ...status, state }) === 'red')
      expect(first).toMatch(/token-tray login|Unlock|Free some space/);
  });

  it.each(problemReasons)('N6 says why the service is not asked, in words of its own: %s', (reason) => {
    const first = (of: Partial<StatusAnswer>) => statusLines({ ...status, ...of })[0] ?? '';
    const said = problemReasons.map((each) => first({ state: 'offline', reason: each }));
    expect(new Set(said).size).toBe(problemReasons.length);
    expect(first({ state: 'offline', reason }).includes('No connection.')).toBe(reason === 'network');
    const held = { ...status, reason };
    expect(first(held)).toBe(`Signed in. ${first({ state: 'offline', reason })}`);
    expect(statusColour(held)).toBe('yellow');
  });

  it('N5 says until when the service wants to be left alone', () => {
    const limited = { ...status, rate_limited_until: '2026-01-31T14:05:00Z' };
    const [first, second] = statusLines(limited);
    expect(first).toBe('Signed in. Tools are waiting.');
    expect(second).toMatch(/^The service says: too many requests\. .* after 2026-01-31 \d\d:05\.$/);
    expect(statusColour(limited)).toBe('yellow');
  });

  it('begins with a pause, whatever the state', () => {
    const paused = { ...status, state: 'needs_sign_in', paused_until: '2026-01-31T14:05:00Z' } as const;
    const [first, second] = statusLines(paused);
    expect(first).toMatch(/^Paused until .*token-tray resume$/);
    expect(second).toContain('token-tray login');
    expect(statusColour(paused)).toBe('yellow');
  });
});

describe('a token counts as brand-new', () => {
  const made = '2026-01-31T12:00:00Z';
  const ageOf = (lifetime: number, left: number) =>
    secondsOfNewToken(
      { expires_in: left, expires_at: new Date(Date.parse(made) + lifetime * 1000).toISOString() },
      { last_renewal: { at: made, cause: 'tool' } },
    );

  it.each([
    [2700, 2700, 0],
    [2700, 2641, 59],
    [2700, 2640, null],
    [40, 31, 9],
    [40, 30, null],
  ])('with a life of %d s and %d s left: %s', (lifetime, left, age) => {
    expect(ageOf(lifetime, left)).toBe(age);
  });

  it('not where nobody knows when it was made', () => {
    expect(secondsOfNewToken({ expires_in: 9, expires_at: made }, { last_renewal: null })).toBeNull();
  });
});

describe('a header for curl', () => {
  it('is quoted as its config file wants it, whatever the token holds', () => {
    expect(curlConfigLine('Authorization: Bearer a"b\\c')).toBe(
      'header = "Authorization: Bearer a\\"b\\\\c"',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { accountName } from '../../electron/contract/account-name.ts';
import { nextItem } from '../../renderer/composables/menu-keys.ts';
import { agoText } from '../../renderer/composables/relative-time.ts';
import { crossedMark } from '../../renderer/composables/time-crossing.ts';

const minute = 60_000;

describe('the time left', () => {
  it.each([
    [11 * minute, 10 * minute, 10],
    [10 * minute + 1, 9 * minute, 10],
    [2 * minute + 500, 2 * minute - 500, 2],
    [500, 0, 0],
    [40 * minute, minute, 2],
    [40 * minute, 0, 0],
  ])('is said when it passes a mark: from %i ms to %i ms, %i min', (before, after, mark) => {
    expect(crossedMark(before, after)).toBe(mark);
  });

  it.each([
    [32 * minute, 31 * minute],
    [10 * minute, 9 * minute],
    [0, 0],
    [minute, 45 * minute],
  ])('is not said between marks, nor when it grows: from %i ms to %i ms', (before, after) => {
    expect(crossedMark(before, after)).toBeNull();
  });
});

describe('how long ago something was', () => {
  const now = Date.UTC(2026, 10, 23, 10, 10);

  it.each([
    [2 * minute, '2 minutes ago'],
    [119 * minute, '1 hour ago'],
    [24 * 60 * minute, 'yesterday'],
    [3 * 24 * 60 * minute, '3 days ago'],
  ])('is said in whole units: %i ms', (age, text) => {
    expect(agoText(now - age, now, 'en')).toBe(text);
  });

  it('has Latin digits in Arabic', () => {
    expect(agoText(now - 12 * minute, now, 'ar')).toContain('12');
  });

  it('is “just now” under a minute, and for a clock that was put back', () => {
    expect(agoText(now - minute + 1, now, 'en')).toBeNull();
    expect(agoText(now + minute, now, 'en')).toBeNull();
  });
});

describe('an account’s name', () => {
  it('is the user’s name, and the host where two services have the same one', () => {
    expect(accountName('anna@shop.example')).toEqual({ user: 'anna@shop.example', host: null });
    expect(accountName('anna|b@shop.example|auth.example')).toEqual({
      user: 'anna|b@shop.example',
      host: 'auth.example',
    });
  });

  it('is never empty', () => {
    expect(accountName('|x')).toEqual({ user: '|x', host: null });
  });
});

describe('a menu’s arrow keys', () => {
  it('go round', () => {
    expect(nextItem('ArrowDown', 2, 3)).toBe(0);
    expect(nextItem('ArrowUp', 0, 3)).toBe(2);
    expect(nextItem('ArrowUp', -1, 3)).toBe(2);
    expect(nextItem('Home', 2, 3)).toBe(0);
    expect(nextItem('End', 0, 3)).toBe(2);
  });

  it('leave other keys to the browser', () => {
    expect(nextItem('Tab', 0, 3)).toBeNull();
  });
});

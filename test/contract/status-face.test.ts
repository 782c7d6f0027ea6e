import { describe, expect, it } from 'vitest';
import type { AppView } from '../../electron/contract/app-view.ts';
import { clockText } from '../../electron/contract/clock-text.ts';
import english from '../../electron/contract/locales/en.json' with { type: 'json' };
import { faceNames, minutesLeft, statusFace } from '../../electron/contract/status-face.ts';
import { aView, viewedAt as now } from '../support/a-view.ts';

const minute = 60_000;
const over: Partial<AppView> = { expiresAt: null };
const spent = { used: 3, limit: 60, nextAt: now + 9 * minute };

function faceOf(view: Partial<AppView>) {
  const { name, ring, icon, actions } = statusFace(aView(view), now);
  return [name, ring, icon, ...actions];
}

describe('what a person is shown', () => {
  it.each<[string, Partial<AppView>, string[]]>([
    ['a good token', {}, ['active', 'good', 'signed_in', 'copy_token']],
    ['no token, which nobody has needed', over, ['active', 'empty', 'signed_in', 'copy_token']],
    ['a renewal', { state: 'renewing' }, ['renewing', 'turning', 'renewing', 'copy_token']],
    ['a lost answer', { state: 'uncertain' }, ['uncertain', 'warn', 'signed_in', 'copy_token']],
    [
      'a lost answer, the token over',
      { ...over, state: 'uncertain' },
      ['uncertain_over', 'empty', 'needs_you', 'try_now'],
    ],
    ['no connection', { state: 'offline' }, ['offline', 'warn', 'signed_in', 'copy_token']],
    [
      'no connection, the token over',
      { ...over, state: 'offline' },
      ['offline_over', 'empty', 'needs_you', 'try_now'],
    ],
    [
      'a spent budget that outlasts the token',
      { expiresAt: now + 5 * minute, budget: spent },
      ['budget_spent', 'warn', 'signed_in', 'copy_token'],
    ],
    [
      'a spent budget and no token',
      { ...over, budget: spent },
      ['budget_spent', 'warn', 'signed_in', 'get_one_now'],
    ],
    [
      'a spent budget that the token outlasts',
      { expiresAt: now + 30 * minute, budget: spent },
      ['active', 'good', 'signed_in', 'copy_token'],
    ],
    [
      'N5 the service’s “too many” that outlasts the token',
      { expiresAt: now + 5 * minute, rateLimitedUntil: now + 9 * minute, budget: spent },
      ['rate_limited', 'warn', 'signed_in', 'copy_token'],
    ],
    [
      'N5 the service’s “too many” and no token: nothing for a person to press',
      { ...over, rateLimitedUntil: now + 9 * minute },
      ['rate_limited', 'warn', 'signed_in'],
    ],
    [
      'N5 the service’s “too many” that the token outlasts',
      { expiresAt: now + 30 * minute, rateLimitedUntil: now + 9 * minute },
      ['active', 'good', 'signed_in', 'copy_token'],
    ],
    [
      'N5 the service’s “too many” once it is over',
      { ...over, rateLimitedUntil: now },
      ['active', 'empty', 'signed_in', 'copy_token'],
    ],
    [
      'N6 tokens that cannot be recorded',
      { ...over, unrecordedUntil: now + 9 * minute },
      ['unrecorded', 'warn', 'needs_you', 'get_one_now'],
    ],
    ['a locked key store', { state: 'locked' }, ['locked', 'good', 'needs_you', 'try_again', 'copy_token']],
    [
      'a locked key store and no token',
      { ...over, state: 'locked' },
      ['locked', 'empty', 'needs_you', 'try_again'],
    ],
    [
      'T11 a key store that is asked again at the next start alone',
      { state: 'locked', restartUnlocks: true },
      ['locked_restart', 'good', 'needs_you', 'restart', 'copy_token'],
    ],
    [
      'an ended session, the token alive',
      { state: 'needs_sign_in' },
      ['needs_sign_in', 'good', 'needs_you', 'sign_in', 'copy_token'],
    ],
    [
      'an ended session',
      { ...over, state: 'needs_sign_in' },
      ['needs_sign_in_over', 'empty', 'needs_you', 'sign_in'],
    ],
    [
      'N6 a stored session that can no longer be read',
      { ...over, state: 'needs_sign_in', unreadable: true },
      ['unreadable', 'empty', 'needs_you', 'sign_in'],
    ],
    ['a suspended account', { state: 'suspended' }, ['suspended', 'empty', 'needs_you', 'sign_in_lifted']],
    [
      'a pause',
      { pausedUntil: now + 60 * minute },
      ['paused', 'paused', 'needs_you', 'resume', 'copy_token'],
    ],
    [
      'a pause of a suspended account: no token to copy',
      { ...over, state: 'suspended', pausedUntil: now + minute },
      ['paused', 'paused', 'needs_you', 'resume'],
    ],
    [
      'an answer that is not saved',
      { state: 'not_saved', unsaved: 'disk_full' },
      ['not_saved', 'bad', 'needs_you', 'try_again', 'copy_token'],
    ],
    [
      'nobody signed in',
      { ...over, state: 'signed_out', account: null },
      ['signed_out', 'empty', 'signed_out', 'sign_in'],
    ],
    ['a sign-in', { ...over, state: 'signing_in' }, ['signing_in', 'turning', 'renewing']],
  ])('%s', (_situation, view, expected) => {
    expect(faceOf(view)).toEqual(expected);
  });

  it('has words for each situation, and no words for none', () => {
    expect(Object.keys(english.face)).toEqual(faceNames);
    for (const name of faceNames) {
      expect(english.face[name].title).not.toBe('');
      expect(english.face[name].detail).not.toBe('');
    }
  });

  it('names the time on the clock in Latin digits in each language', () => {
    const time = new Date(2026, 0, 5, 9, 5).getTime();
    expect(clockText(time, 'en')).toBe('09:05');
    expect(clockText(time, 'ar')).toBe('09:05');
  });

  it('counts a minute that has begun as left', () => {
    expect(minutesLeft(now + 1, now)).toBe(1);
    expect(minutesLeft(now + 32 * minute, now)).toBe(32);
    expect(minutesLeft(now - 1, now)).toBe(0);
  });
});

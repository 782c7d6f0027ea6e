import { describe, expect, it, vi } from 'vitest';
import type { AppView } from '../../electron/contract/app-view.ts';
import { clockText } from '../../electron/contract/clock-text.ts';
import { Notifications, type NotificationsParts } from '../../electron/desktop/notifications.ts';
import { Words } from '../../electron/desktop/words.ts';
import { aView, viewedAt } from '../support/a-view.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeNotification } from '../support/fake-desktop.ts';

function notifications(changes: Partial<NotificationsParts> = {}) {
  const made: FakeNotification[] = [];
  const open = vi.fn();
  const clock = new FakeClock();
  const told = new Notifications({
    make: (options) => {
      const notification = new FakeNotification(options);
      made.push(notification);
      return notification.asNotification;
    },
    words: new Words(() => 'en'),
    clock,
    wanted: () => true,
    isLookedAt: () => false,
    open,
    ...changes,
  });
  const show = (...views: Partial<AppView>[]) => views.forEach((view) => told.show(aView(view)));
  return { told, made, open, show, clock, titles: () => made.map(({ title }) => title) };
}

const budget = (used: number) => ({ budget: { used, limit: 60, nextAt: used < 60 ? null : viewedAt } });

describe('a notification', () => {
  it('comes when a sign-in is needed, once, and a click leads to it', () => {
    const { made, open, show } = notifications();
    show({}, { state: 'needs_sign_in' }, { state: 'needs_sign_in' });
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({
      title: 'Sign in again',
      body: 'The service ended the session of anna@warehouse.example.',
      shown: 1,
    });
    made[0]?.emit('click', {});
    expect(open).toHaveBeenCalledExactlyOnceWith('login');
  });

  it('comes when the account is suspended', () => {
    const { made, open, show, titles } = notifications();
    show({}, { state: 'suspended' });
    expect(titles()).toEqual(['Account suspended']);
    made[0]?.emit('click', {});
    expect(open).toHaveBeenCalledExactlyOnceWith('status');
  });

  it('comes at four fifths of the day’s new tokens, and when all are used', () => {
    const { made, show } = notifications();
    show(budget(47), budget(48), budget(49), budget(60), budget(61));
    expect(made.map(({ body }) => body)).toEqual([
      '48 of 60 new tokens for anna@warehouse.example in 24 hours.',
      `anna@warehouse.example has used all 60 of 24 hours. The next is possible at ${clockText(viewedAt, 'en')}.`,
    ]);
  });

  it('T25 comes once in 24 hours for each level of each account, however often the level is reached', async () => {
    const { made, show, clock, titles } = notifications();
    const [near, all] = ['Many new tokens today', 'Enough new tokens for today'];
    show(budget(47), budget(48), budget(47), budget(48));
    expect(made).toHaveLength(1);
    const ben = { account: 'ben@warehouse.example' };
    show({ ...budget(47), ...ben }, { ...budget(48), ...ben }, budget(47), budget(48));
    expect(made).toHaveLength(2);
    await clock.advance(23 * 3_600_000);
    show(budget(60), budget(47), budget(60));
    expect(made).toHaveLength(3);
    // Who was told of the last one an hour ago knows that it is near.
    await clock.advance(3_600_000);
    show(budget(47), budget(48));
    expect(made).toHaveLength(3);
    await clock.advance(23 * 3_600_000);
    show(budget(47), budget(48), budget(60));
    expect(titles()).toEqual([near, near, all, near, all]);
  });

  it('T25 comes not for a level that the window showed while a person looked at it', () => {
    let looks = true;
    const { made, show } = notifications({ isLookedAt: () => looks });
    show(budget(47), budget(48), budget(47));
    looks = false;
    show(budget(48));
    expect(made).toEqual([]);
  });

  it('replaces the one before', () => {
    const { made, show } = notifications();
    show({}, budget(48), { ...budget(48), state: 'needs_sign_in' });
    expect(made.map(({ closed }) => closed)).toEqual([true, false]);
  });

  it('goes when what it said is mended', () => {
    const { made, show } = notifications();
    show({}, { state: 'needs_sign_in' }, { state: 'signing_in' });
    expect(made[0]?.closed).toBe(false);
    show({ state: 'active' });
    expect(made[0]?.closed).toBe(true);
  });

  it('G06 that fails harms nothing, and the next one is shown', () => {
    const { told, made, show } = notifications();
    show({}, { state: 'needs_sign_in' });
    made[0]?.emit('failed', {}, 'not allowed');
    expect(() => told.close()).not.toThrow();
    show({ state: 'suspended' });
    expect(made).toHaveLength(2);
  });
});

describe('no notification comes', () => {
  it.each<[string, Partial<AppView>[]]>([
    ['for how things stand at the start', [{ state: 'needs_sign_in' }]],
    ['to a person who signed out', [{}, { state: 'signed_out', expiresAt: null }]],
    ['after a renewal', [{}, { state: 'renewing' }, { state: 'active' }]],
    [
      'for an attempt to sign in that failed',
      [{ state: 'needs_sign_in' }, { state: 'signing_in' }, { state: 'needs_sign_in' }],
    ],
    ['while there is no network', [{}, { state: 'offline' }, { state: 'uncertain' }]],
    ['for another account that is shown', [{}, { account: 'ben@warehouse.example', state: 'suspended' }]],
    ['for a budget that grows again', [budget(60), budget(47)]],
  ])('%s', (_, views) => {
    const { made, show } = notifications();
    show(...views);
    expect(made).toEqual([]);
  });

  it('to a person who wants none, or looks at the window', () => {
    for (const changes of [{ wanted: () => false }, { isLookedAt: () => true }]) {
      const { made, show } = notifications(changes);
      show({}, { state: 'needs_sign_in' });
      expect(made).toEqual([]);
    }
  });

  it('G06 where the system has none', () => {
    const { show } = notifications({ make: () => null });
    expect(() => show({}, { state: 'needs_sign_in' })).not.toThrow();
  });
});

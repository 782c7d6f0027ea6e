import { describe, expect, it, vi } from 'vitest';
import type { AppView } from '../../electron/contract/app-view.ts';
import { clockText } from '../../electron/contract/clock-text.ts';
import { Notifications, type NotificationsParts } from '../../electron/desktop/notifications.ts';
import { Words } from '../../electron/desktop/words.ts';
import { aView, viewedAt } from '../support/a-view.ts';
import { FakeNotification } from '../support/fake-desktop.ts';

function notifications(changes: Partial<NotificationsParts> = {}) {
  const made: FakeNotification[] = [];
  const open = vi.fn();
  const told = new Notifications({
    make: (options) => {
      const notification = new FakeNotification(options);
      made.push(notification);
      return notification.asNotification;
    },
    words: new Words(() => 'en'),
    wanted: () => true,
    isLookedAt: () => false,
    open,
    ...changes,
  });
  const show = (...views: Partial<AppView>[]) => views.forEach((view) => told.show(aView(view)));
  return { told, made, open, show, titles: () => made.map(({ title }) => title) };
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
    const { show } = notifications({ make: null });
    expect(() => show({}, { state: 'needs_sign_in' })).not.toThrow();
  });
});

import { describe, expect, it, vi } from 'vitest';
import type { AppView } from '../../electron/contract/app-view.ts';
import { TrayIcon } from '../../electron/desktop/tray-icon.ts';
import type { TrayAction } from '../../electron/desktop/tray-menu.ts';
import { Words } from '../../electron/desktop/words.ts';
import { aView, viewedAt } from '../support/a-view.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { fakeMenu, FakeTray, namedImage, type FakeMenu } from '../support/fake-desktop.ts';

function trayOn(platform: NodeJS.Platform, view: AppView = aView()) {
  const tray = new FakeTray();
  const clock = new FakeClock(viewedAt);
  const acts: TrayAction[] = [];
  const toggleWindow = vi.fn();
  const showWindow = vi.fn();
  const icon = new TrayIcon(
    {
      platform,
      clock,
      words: new Words(() => 'en'),
      makeTray: () => tray.asTray,
      makeMenu: fakeMenu,
      image: namedImage,
      act: (action) => acts.push(action),
      toggleWindow,
      showWindow,
    },
    view,
  );
  return { tray, clock, acts, toggleWindow, showWindow, icon };
}

function choose(menu: FakeMenu | undefined, label: string): void {
  const item = menu?.items.find((one) => one.label === label);
  (item?.click as (() => void) | undefined)?.();
}

describe('the icon in the tray', () => {
  it('shows the state, and each change of it once', () => {
    const { tray, icon } = trayOn('win32');
    icon.show(aView());
    icon.show(aView({ state: 'renewing' }));
    icon.show(aView({ state: 'suspended' }));
    expect(tray.images).toEqual(['signed_in', 'renewing', 'needs_you']);
  });

  it('counts the minutes down while a token lives, with one timer, and stops at its end', async () => {
    const { tray, clock, icon } = trayOn('win32');
    icon.show(aView());
    expect(clock.pendingAlarms).toBe(1);
    await clock.advance(2 * 60_000 + 1000);
    expect(tray.toolTips.map((text) => text.split(' · ')[1])).toEqual([
      '32 min left',
      '31 min left',
      '30 min left',
    ]);
    await clock.advance(30 * 60_000);
    expect(tray.toolTips.at(-1)).toContain('renewed when a tool asks');
    expect(clock.pendingAlarms).toBe(0);
  });

  it('keeps no timer and no icon at the end of the program', () => {
    const { tray, clock, icon } = trayOn('linux');
    icon.close();
    expect(clock.pendingAlarms).toBe(0);
    expect(tray.destroyed).toBe(true);
  });

  it('does what a line of the menu says', () => {
    const { tray, acts } = trayOn('linux');
    for (const label of ['Copy token', 'Pause tools for an hour', 'Quit Token Tray'])
      choose(tray.menus[0], label);
    expect(acts.map((action) => action.do)).toEqual(['copy_token', 'pause', 'quit']);
  });

  it('shows an ampersand in a name as one', () => {
    const { tray } = trayOn('linux', aView({ account: 'a&b' }));
    expect(tray.menus[0]?.items[0]?.label).toBe('a&&b · 32 min left');
  });
});

describe('the icon on Linux', () => {
  it('has its menu set again after every change, and after none without one', () => {
    const { tray, icon } = trayOn('linux');
    icon.show(aView());
    expect(tray.menus).toHaveLength(1);
    icon.show(aView({ state: 'needs_sign_in' }));
    expect(tray.menus).toHaveLength(2);
  });

  it('T14 toggles the window when the host activates it, and knows no bounds', () => {
    const { tray, icon, toggleWindow } = trayOn('linux');
    expect(tray.eventNames()).toEqual(['click']);
    tray.emit('click', {}, { x: 0, y: 0, width: 0, height: 0 }, { x: 0, y: 0 });
    expect(toggleWindow).toHaveBeenCalledExactlyOnceWith(null);
    expect(icon.bounds).toBeNull();
  });
});

describe.each(['darwin', 'win32'] as const)('a click on the icon (%s)', (platform) => {
  const bounds = { x: 10, y: 0, width: 20, height: 20 };

  it('toggles the window beside the icon; a right click opens the menu of now', () => {
    const { tray, icon, toggleWindow } = trayOn(platform);
    tray.emit('click', {}, bounds);
    expect(toggleWindow).toHaveBeenCalledExactlyOnceWith(bounds);
    icon.show(aView({ pausedUntil: viewedAt + 60_000 }));
    tray.emit('right-click', {}, bounds);
    expect(tray.menus).toEqual([]);
    expect(tray.poppedUp[0]?.items.map(({ label }) => label)).toContain('Resume tools');
  });

  it('G02 knows where the icon is, unless it is hidden', () => {
    const { tray, icon } = trayOn(platform);
    expect(icon.bounds).toEqual(tray.bounds);
    tray.bounds = { x: 0, y: 0, width: 0, height: 0 };
    expect(icon.bounds).toBeNull();
  });
});

describe('a double click on the icon', () => {
  it('shows and never toggles on Windows, which gets the focus back as well', () => {
    const { tray, icon, showWindow, toggleWindow } = trayOn('win32');
    tray.emit('double-click', {}, tray.bounds);
    expect(showWindow).toHaveBeenCalledOnce();
    expect(toggleWindow).not.toHaveBeenCalled();
    icon.focus();
    expect(tray.focused).toBe(1);
  });

  it('is two clicks on macOS', () => {
    const { tray, icon } = trayOn('darwin');
    expect(tray.ignoresDoubleClicks).toBe(true);
    icon.focus();
    expect(tray.focused).toBe(0);
  });
});

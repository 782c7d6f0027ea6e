import { describe, expect, it, vi } from 'vitest';
import { AppWindow, type AppWindowParts } from '../../electron/desktop/app-window.ts';
import { webPreferences } from '../../electron/desktop/web-preferences.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import { FakeWindow } from '../support/fake-desktop.ts';

const icon = { x: 1800, y: 0, width: 24, height: 24 };

function appWindow(changes: Partial<AppWindowParts> = {}) {
  const windows: FakeWindow[] = [];
  const clock = new FakeClock();
  const guard = vi.fn(() => expect(windows.at(-1)?.url).toBe(''));
  const hidden = vi.fn();
  const window = new AppWindow({
    platform: 'linux',
    wayland: false,
    used: () => undefined,
    clock,
    makeWindow: () => {
      const made = new FakeWindow();
      windows.push(made);
      return made.asWindow;
    },
    webPreferences: webPreferences('/preload.cjs', { packaged: true }),
    guard,
    cursor: () => ({ x: 100, y: 900 }),
    workAreaAt: () => ({ x: 0, y: 24, width: 1920, height: 1056 }),
    isDark: () => false,
    hasTray: () => true,
    hidden,
    ...changes,
  });
  return { window, windows, clock, guard, hidden };
}

describe('the window', () => {
  it('is made when it is wanted, guarded before anything is loaded, and in no task bar', () => {
    const { window, windows, guard } = appWindow();
    expect(windows).toEqual([]);
    window.show(icon);
    expect(guard).toHaveBeenCalledOnce();
    expect(windows[0]).toMatchObject({ visible: true, inTaskbar: false, url: 'app://token-tray/index.html' });
    window.show(icon);
    expect(windows).toHaveLength(1);
  });

  it('stands beside the icon, or near the pointer where nobody knows of an icon', () => {
    const { window, windows } = appWindow();
    window.show(icon);
    expect(windows[0]?.bounds).toEqual({ x: 1532, y: 32, width: 380, height: 600 });
    window.hide();
    window.show(null);
    expect(windows[0]?.bounds).toMatchObject({ x: 8, y: 292 });
  });

  it('R13 is destroyed ten minutes after it was hidden, and made anew on demand', async () => {
    const { window, windows, clock } = appWindow();
    window.show(icon);
    window.hide();
    await clock.advance(9 * 60_000);
    expect(windows[0]?.destroyed).toBe(false);
    await clock.advance(60_000);
    expect(windows[0]?.destroyed).toBe(true);
    expect(window.contents).toBeNull();
    window.show(icon);
    expect(windows[1]?.visible).toBe(true);
  });

  it('R13 is kept when it is shown again in time', async () => {
    const { window, windows, clock } = appWindow();
    window.show(icon);
    window.hide();
    await clock.advance(9 * 60_000);
    window.show(icon);
    await clock.advance(20 * 60_000);
    expect(windows[0]?.destroyed).toBe(false);
  });

  it('R12 is made anew after its page has crashed', async () => {
    const { window, windows, clock } = appWindow();
    window.show(icon);
    windows[0]?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(window.contents).toBeNull();
    await clock.advance(1);
    expect(windows[0]?.destroyed).toBe(true);
    window.show(icon);
    expect(windows).toHaveLength(2);
    expect(window.contents).toBe(windows[1]?.webContents);
  });

  it('R12 is made anew after its page could not be loaded', async () => {
    const { window, windows, clock } = appWindow({
      makeWindow: () => {
        const made = new FakeWindow();
        made.loads = windows.length > 0;
        windows.push(made);
        return made.asWindow;
      },
    });
    window.show(icon);
    await settle();
    await clock.advance(1);
    expect(windows[0]?.destroyed).toBe(true);
    window.show(icon);
    expect(window.contents).toBe(windows[1]?.webContents);
  });

  it('R12 tells nothing to a page that lives no more', () => {
    const { window, windows } = appWindow();
    window.show(icon);
    const contents = windows[0]?.webContents;
    if (contents) contents.crashed = true;
    expect(window.contents).toBeNull();
  });

  it('G03 is hidden by its close button, and goes at the end of the program', () => {
    const { window, windows } = appWindow();
    window.show(icon);
    expect(windows[0]?.pressClose()).toBe(false);
    expect(windows[0]?.visible).toBe(false);
    window.close();
    expect(windows[0]?.destroyed).toBe(true);
  });

  it('closes for an installer that waits for it, and comes back should nothing be installed', () => {
    const { window, windows } = appWindow();
    window.show(icon);
    window.mayClose(true);
    expect(windows[0]?.pressClose()).toBe(true);
    window.show(icon);
    expect(window.contents).toBe(windows[1]?.webContents);
    window.mayClose(false);
    expect(windows[1]?.pressClose()).toBe(false);
  });

  it('G01 is minimised instead, and stands in the task bar, where there is no tray', async () => {
    const { window, windows, clock } = appWindow({ hasTray: () => false });
    window.show(null);
    windows[0]?.pressClose();
    expect(windows[0]).toMatchObject({ minimized: true, visible: true, inTaskbar: true });
    await clock.advance(60 * 60_000);
    expect(windows[0]?.destroyed).toBe(false);
    window.show(null);
    expect(windows[0]).toMatchObject({ minimized: false, focused: 2 });
  });
});

describe('a window that loses the keyboard', () => {
  it.each([
    ['darwin', false],
    ['win32', false],
    ['linux', true],
  ] as const)('on %s: still shown: %s', (platform, stays) => {
    const { window, windows } = appWindow({ platform });
    window.show(icon);
    windows[0]?.emit('blur');
    expect(windows[0]?.visible).toBe(stays);
  });

  it('never hides while the login form holds text', () => {
    const { window, windows } = appWindow({ platform: 'win32' });
    window.show(icon);
    window.formHoldsText(true);
    windows[0]?.emit('blur');
    window.hide();
    window.toggle(icon);
    expect(windows[0]?.visible).toBe(true);
    window.formHoldsText(false);
    windows[0]?.emit('blur');
    expect(windows[0]?.visible).toBe(false);
  });

  it('is put away by its own button whatever it holds', () => {
    const { window, windows } = appWindow();
    window.show(icon);
    window.formHoldsText(true);
    windows[0]?.emit('close', { preventDefault: () => undefined });
    expect(windows[0]).toMatchObject({ visible: false, destroyed: false });
  });

  it('to a click on the icon is hidden by that click, and shown by the next', async () => {
    const { window, windows, clock } = appWindow({ platform: 'win32' });
    window.show(icon);
    windows[0]?.emit('blur');
    window.toggle(icon);
    expect(windows[0]?.visible).toBe(false);
    await clock.advance(300);
    window.toggle(icon);
    expect(windows[0]?.visible).toBe(true);
    window.toggle(icon);
    expect(windows[0]?.visible).toBe(false);
  });
});

describe('a click on the icon on Linux', () => {
  it('T14 hides the window that is in front, and brings one to the front that is not', async () => {
    const { window, windows, clock } = appWindow();
    window.toggle(null);
    expect(windows[0]).toMatchObject({ visible: true, focused: 1 });
    windows[0]?.losesFocus();
    await clock.advance(600);
    window.toggle(null);
    expect(windows[0]).toMatchObject({ visible: true, focused: 2 });
    await clock.advance(500);
    window.toggle(null);
    expect(windows[0]?.visible).toBe(false);
  });

  it('T14 shows it by a double click too', async () => {
    const { window, windows, clock } = appWindow();
    window.toggle(null);
    await clock.advance(200);
    window.toggle(null);
    expect(windows[0]?.visible).toBe(true);
  });

  it('T14 hides it though the click took the keyboard from it; a minimised one comes back', async () => {
    const { window, windows, clock } = appWindow();
    window.show(null);
    windows[0]?.losesFocus();
    await clock.advance(100);
    window.toggle(null);
    expect(windows[0]?.visible).toBe(false);
    window.show(null);
    windows[0]?.minimize();
    window.toggle(null);
    expect(windows[0]).toMatchObject({ visible: true, minimized: false });
  });
});

describe('the window on Wayland', () => {
  it('T20 is mapped again when it is behind others or minimised, which cannot be told; never while it waits for the keyboard', async () => {
    const { window, windows, clock } = appWindow({ wayland: true });
    window.show(null);
    window.show(null);
    expect(windows[0]).toMatchObject({ mapped: 1, restored: 0 });
    windows[0]?.losesFocus();
    await clock.advance(600);
    window.show(null);
    expect(windows[0]).toMatchObject({ mapped: 2, restored: 1, visible: true, hasFocus: true });
  });

  it('T20 is restored before it is hidden, since Chromium may take it for minimised', () => {
    const { window, windows } = appWindow({ wayland: true });
    window.show(null);
    windows[0]?.pressClose();
    expect(windows[0]).toMatchObject({ visible: false, restored: 1 });
  });

  it('T12 says when a key or button is pressed in it, and not when the pointer moves', () => {
    const used = vi.fn();
    const { window, windows } = appWindow({ wayland: true, used });
    window.show(null);
    for (const type of ['mouseMove', 'mouseDown', 'keyUp', 'rawKeyDown'])
      windows[0]?.webContents.emit('input-event', {}, { type });
    expect(used).toHaveBeenCalledTimes(2);
  });
});

describe('a window whose tray has gone', () => {
  it('T20 that is hidden is minimised instead, and is not destroyed', async () => {
    const tray = { present: true };
    const { window, windows, clock } = appWindow({ hasTray: () => tray.present });
    window.show(null);
    window.hide();
    tray.present = false;
    window.trayChanged();
    expect(windows[0]).toMatchObject({ minimized: true, visible: true });
    await clock.advance(20 * 60_000);
    expect(windows[0]?.destroyed).toBe(false);
  });
});

describe('the focus of the tray', () => {
  it.each(['win32', 'darwin'] as const)('T21 comes back after Esc alone (%s)', async (platform) => {
    const { window, windows, clock, hidden } = appWindow({ platform });
    const putAway = [
      () => windows[0]?.losesFocus(),
      () => window.toggle(icon),
      () => windows[0]?.pressClose(),
      () => window.hide(),
    ];
    for (const act of putAway) {
      window.show(icon);
      act();
      await clock.advance(1_000);
    }
    expect(hidden.mock.calls).toEqual([[false], [false], [false], [true]]);
  });
});

describe('what a window is made with', () => {
  it('R10 is sealed off from Node, and in a release from the developer tools', () => {
    expect(webPreferences('/preload.cjs', { packaged: true })).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      experimentalFeatures: false,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      devTools: false,
    });
    expect(webPreferences('/preload.cjs', { packaged: false }).devTools).toBe(true);
  });
});

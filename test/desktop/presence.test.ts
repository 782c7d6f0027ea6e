import { describe, expect, it, vi } from 'vitest';
import { applicationMenu, leaveDock } from '../../electron/desktop/mac-presence.ts';
import { isWayland } from '../../electron/desktop/window-system.ts';

describe('the app on macOS', () => {
  it('T19 has its own menu before “Edit”; elsewhere “Edit” alone, for its keys', () => {
    expect(applicationMenu('darwin')).toEqual([{ role: 'appMenu' }, { role: 'editMenu' }]);
    expect(applicationMenu('win32')).toEqual([{ role: 'editMenu' }]);
  });

  it.each([
    ['darwin', false, 1],
    ['darwin', true, 0],
    ['linux', false, 0],
  ] as const)('T19 leaves the Dock: on %s, packaged %s, %i times', (platform, packaged, times) => {
    const hide = vi.fn();
    leaveDock({ platform, packaged, dock: { hide } });
    expect(hide).toHaveBeenCalledTimes(times);
  });
});

describe('whether windows are Wayland’s', () => {
  const session = { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' };
  it.each([
    ['as Chromium has chosen', { platform: 'linux', env: {}, ozonePlatform: 'wayland' }, true],
    ['not on XWayland', { platform: 'linux', env: session, ozonePlatform: 'x11' }, false],
    ['by the session where nothing says it', { platform: 'linux', env: session, ozonePlatform: '' }, true],
    [
      'by the displays where there is no session',
      { platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' }, ozonePlatform: '' },
      true,
    ],
    ['not on X11', { platform: 'linux', env: { DISPLAY: ':0' }, ozonePlatform: '' }, false],
    ['not on another system', { platform: 'darwin', env: session, ozonePlatform: 'wayland' }, false],
  ] as const)('T12 is known: %s', (_, runsOn, expected) => {
    expect(isWayland(runsOn)).toBe(expected);
  });
});

import type { BrowserWindow, WebContents } from 'electron';

/** What gives a program the serial that Wayland wants with a copy. */
const presses: ReadonlySet<string> = new Set(['mouseDown', 'rawKeyDown', 'keyDown', 'touchStart']);

/** Calls `pressed` for each key or button that is pressed in the page. */
export function watchPresses(contents: WebContents, pressed: () => void): void {
  contents.on('input-event', (_event, { type }) => {
    if (presses.has(type)) pressed();
  });
}

/**
 * Hides a window so that it can be shown again. Wayland does not say that a window is minimised, and Chromium ends the
 * program when one that it takes for minimised is hidden and shown (electron/electron#49253).
 */
export function hideOnWayland(window: BrowserWindow): void {
  if (window.isVisible() && !window.isMaximized()) window.restore();
  window.hide();
}

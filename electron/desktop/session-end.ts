import type { BaseWindow, BaseWindowConstructorOptions } from 'electron';

export interface SessionEndParts {
  /** Electron's `new BaseWindow`: a window without a page, which costs next to nothing and is never shown. */
  readonly makeWindow: (options: BaseWindowConstructorOptions) => BaseWindow;
  /** Whether the app's own window is on the screen. */
  readonly isWindowVisible: () => boolean;
  /** Whether an answer of the service is in memory alone or still on its way. */
  readonly wouldLose: () => boolean;
  /** Sends no new request for a while. */
  readonly beginNothing: () => void;
  /** Saves at once what is not saved. */
  readonly save: () => void;
  /** Saves, and ends the app. */
  readonly end: () => void;
}

/**
 * Listens to shutdown and log-off on Windows, for which `powerMonitor` has no event. Windows asks every top-level window,
 * hidden ones too (WM_QUERYENDSESSION, Electron's `query-session-end`). The app's own window is destroyed while it is not
 * used, so this makes a hidden one that lives as long as the app. Keep what it returns.
 *
 * A program with a visible window may delay the end of the session. The app does so if an answer would be lost: it ends in
 * less than the 5 s that Windows waits. A program without a visible window must not: Windows ends it at once if it tries
 * ("Shutdown Changes for Windows Vista", learn.microsoft.com). It can only begin to save before WM_ENDSESSION comes. After
 * that Electron ends the process as soon as the listeners of `session-end` return
 * (shell/browser/native_window_views_win.cc). A save takes longer, so nothing listens to that event.
 */
export function watchSessionEnd(parts: SessionEndParts): BaseWindow {
  const window = parts.makeWindow({ show: false, skipTaskbar: true, title: 'Token Tray' });
  window.on('query-session-end', (event) => {
    const wouldLose = parts.wouldLose();
    parts.beginNothing();
    if (!wouldLose) return;
    parts.save();
    if (!parts.isWindowVisible()) return;
    event.preventDefault();
    parts.end();
  });
  return window;
}

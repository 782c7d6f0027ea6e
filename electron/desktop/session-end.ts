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
 * Windows' shutdown and log-off, for which `powerMonitor` has no event. Windows tells top-level windows alone
 * (WM_QUERYENDSESSION, `query-session-end`), hidden ones included, and no message-only one; so a hidden window stands
 * here for the life of the app, whose own is destroyed while it is not used. Keep what this returns.
 *
 * A visible app may hold the session's end up, and does where an answer would be lost: its end takes less than the 5 s
 * that Windows waits. One without a visible window must not: Windows ends it at once if it tries ("Shutdown Changes for
 * Windows Vista", learn.microsoft.com). All it can do is to save in the time until WM_ENDSESSION. After that one,
 * Electron itself ends the process as soon as the listeners return (shell/browser/native_window_views_win.cc), so there
 * is nothing to do at `session-end`: a save takes longer than a listener.
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

import { BaseWindow } from '../api/base-window.ts';
import { BrowserWindow } from '../api/browser-window.ts';
import { emitPreventable } from '../api/preventable.ts';
import { onControl } from './control-channel.ts';

// Windows' shutdown or log-off, as shell/browser/native_window_views_win.cc passes it on: each window is asked, hidden
// ones too. Windows heeds a refusal of a program with a visible window alone, and ends any other at once; when all
// agreed, Electron ends the process as soon as the listeners of `session-end` return.
onControl('session.end', (reasons) => {
  const windows = [...BrowserWindow.getAllWindows(), ...BaseWindow.getAllWindows()];
  const refused = windows.filter((window) => emitPreventable(window, 'query-session-end', { reasons }));
  if (refused.length > 0 && windows.some((window) => window.isVisible())) return 'held';
  if (refused.length === 0) for (const window of windows) emitPreventable(window, 'session-end', { reasons });
  setImmediate(() => process.kill(process.pid, 'SIGKILL'));
  return 'ended';
});

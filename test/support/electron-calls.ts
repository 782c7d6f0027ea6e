import type { ElectronApplication } from 'playwright';
import type { CallArgs, CallName } from '../electron-host/control/calls.ts';

type ElectronCalls = {
  readonly [Name in CallName]?: (app: ElectronApplication, ...args: CallArgs<Name>) => Promise<unknown>;
};

/**
 * What a test can do in real Electron from inside its main process. The tray, notifications, the key store and the
 * system's theme belong to the system, and no call reaches them: they are in docs/verification.md.
 */
export const electronCalls: ElectronCalls = {
  'windows.list': (app) =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => ({
        id: window.id,
        targetId: '',
        url: window.webContents.getURL(),
        loading: window.webContents.isLoading(),
        title: window.getTitle(),
        visible: window.isVisible(),
        focused: window.isFocused(),
        minimized: window.isMinimized(),
        skipTaskbar: false,
        bounds: window.getBounds(),
        webPreferences: {
          ...(window.webContents as { getLastWebPreferences?(): object }).getLastWebPreferences?.(),
        },
        popups: [],
      })),
    ),
  'windows.blur': (app) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.blur()),
  'windows.focus': (app, id) =>
    app.evaluate(({ BrowserWindow }, id) => BrowserWindow.fromId(id)?.focus(), id),
  'windows.close': (app, id) =>
    app.evaluate(({ BrowserWindow }, id) => BrowserWindow.fromId(id)?.close(), id),
  'windows.crash': (app, id) =>
    app.evaluate(
      ({ BrowserWindow }, id) => BrowserWindow.fromId(id)?.webContents.forcefullyCrashRenderer(),
      id,
    ),
  'power.emit': (app, event) =>
    app.evaluate(
      ({ powerMonitor }, event) => powerMonitor.emit(event, { preventDefault: () => undefined }),
      event,
    ),
  'clipboard.read': (app) =>
    app.evaluate(async ({ clipboard }) => {
      const formats: Record<string, string> = {};
      for (const item of await clipboard.read()) {
        for (const type of item.types) formats[type] = await ((await item.getType(type)) as Blob).text();
      }
      return formats;
    }),
  'clipboard.write': (app, text) => app.evaluate(({ clipboard }, text) => clipboard.writeText(text), text),
  'app.ready': (app) => app.evaluate(({ app }) => app.whenReady()),
  'app.secondInstance': (app, ...args) =>
    app.evaluate(({ app }, [argv, cwd, data]) => app.emit('second-instance', {}, argv, cwd, data), args),
  'app.activate': (app) => app.evaluate(({ app }) => app.emit('activate', {}, false)),
  'app.quit': (app) => app.evaluate(({ app }) => setImmediate(() => app.quit())).then(() => undefined),
};

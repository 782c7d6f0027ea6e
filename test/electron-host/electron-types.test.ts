import type { EventEmitter } from 'node:events';
import type * as real from 'electron';
import { describe, expect, it } from 'vitest';
import type { Session } from './api/session.ts';
import type { WebContents } from './api/web-contents.ts';
import type { WebFrameMain } from './api/web-frame-main.ts';
import type * as standIn from './electron.ts';
import { hasBrowser, launchSample } from './sample-app.ts';

/** What both have by one name; events are left out, as their types are overloads. */
type Shared<Mine, Real> = Exclude<Extract<keyof Mine, keyof Real>, keyof EventEmitter>;
/** The names whose types do not fit Electron's. */
type Misfits<Mine, Real> = {
  [Name in Shared<Mine, Real>]: Mine[Name] extends Real[Name] ? never : Name;
}[Shared<Mine, Real>];

interface Classes {
  BaseWindow: Misfits<standIn.BaseWindow, real.BaseWindow>;
  BrowserWindow: Misfits<standIn.BrowserWindow, real.BrowserWindow>;
  ClipboardItem: Misfits<standIn.ClipboardItem, real.ClipboardItem>;
  Menu: Misfits<standIn.Menu, real.Menu>;
  MenuItem: Misfits<standIn.MenuItem, real.MenuItem>;
  Notification: Misfits<standIn.Notification, real.Notification>;
  Session: Misfits<Session, real.Session>;
  Tray: Misfits<standIn.Tray, real.Tray>;
  WebContents: Misfits<WebContents, real.WebContents>;
  WebFrameMain: Misfits<WebFrameMain, real.WebFrameMain>;
}
type Objects = {
  [Name in Exclude<keyof typeof standIn & keyof typeof real, keyof Classes>]: Misfits<
    (typeof standIn)[Name],
    (typeof real)[Name]
  >;
};

/** Their types are other parts of the stand-in, which know less than the real ones and are compared by themselves. */
interface OfParts {
  app: 'dock';
  BrowserWindow: 'webContents';
  clipboard: 'read' | 'selection' | 'write';
  ClipboardItem: 'getType';
  Menu: 'append' | 'getMenuItemById' | 'insert' | 'items';
  MenuItem: 'menu' | 'role' | 'submenu';
  nativeImage: 'createEmpty' | 'createFromBuffer' | 'createFromDataURL' | 'createFromPath';
  screen: 'getAllDisplays' | 'getDisplayMatching' | 'getDisplayNearestPoint' | 'getPrimaryDisplay';
  session: 'defaultSession' | 'fromPartition';
  Session: 'protocol' | 'webRequest';
  Tray: 'popUpContextMenu' | 'setContextMenu' | 'setImage' | 'setPressedImage';
  utilityProcess: 'fork';
  WebContents: 'mainFrame' | 'session';
  webContents: 'fromId' | 'getAllWebContents' | 'getFocusedWebContents';
  WebFrameMain: 'frames' | 'framesInSubtree' | 'parent' | 'top';
}

type All = Objects & Classes;
type Unexpected = {
  [Name in keyof All]: Exclude<All[Name], Name extends keyof OfParts ? OfParts[Name] : never>;
}[keyof All];

describe.runIf(hasBrowser)('the stand-in’s exports', () => {
  it('have the types of Electron’s, by the compiler', () => {
    const misfits: Unexpected[] = [];
    // Where something does not fit, its name can be put here, and this line does not compile.
    const none: never[] = misfits;
    expect(none).toEqual([]);
  });

  it('hold nothing that Electron has deprecated or removed', async () => {
    await using app = await launchSample({
      main: `import electron, { app, clipboard, protocol, safeStorage } from 'electron';
        const known = (object, names) => names.filter((name) => name in object).join();
        console.log('[' + known(electron, ['remote', 'BrowserView', 'desktopCapturer', 'systemPreferences', 'ipcRenderer', 'contextBridge']) + ']');
        console.log('[' + known(safeStorage, ['encryptString', 'decryptString', 'isEncryptionAvailable']) + ']');
        console.log('[' + known(protocol, ['registerFileProtocol', 'registerBufferProtocol', 'interceptHttpProtocol']) + ']');
        console.log('[' + known(clipboard, ['readHTML', 'readBuffer', 'writeBuffer', 'availableFormats', 'readImage']) + ']');
        console.log(electron.app === app);`,
    });
    await expect.poll(() => app.output).toBe('[]\n[]\n[]\n[]\ntrue\n');
  });
});

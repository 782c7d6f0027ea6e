import { app } from '../api/app.ts';
import { BaseWindow } from '../api/base-window.ts';
import { BrowserWindow } from '../api/browser-window.ts';
import { ipcMain, type IpcEvent } from '../api/ipc-main.ts';
import { nativeTheme } from '../api/native-theme.ts';
import type { WindowState } from './calls.ts';
import { onControl } from './control-channel.ts';

app.openWindows = () => [...BrowserWindow.getAllWindows(), ...BaseWindow.getAllWindows()];

app.on('browser-window-created', (_event, window: BrowserWindow) => {
  const follow = () => void applyTheme(window);
  follow();
  nativeTheme.on('updated', follow);
  window.once('closed', () => nativeTheme.off('updated', follow));
});

async function applyTheme(window: BrowserWindow): Promise<void> {
  const page = await window.webContents.opened();
  const value = nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
  const features = [{ name: 'prefers-color-scheme', value }];
  await page.session.send('Emulation.setEmulatedMedia', { features }).catch(() => undefined);
}

function windowById(id: number): BrowserWindow {
  const window = BrowserWindow.fromId(id);
  if (window === null) throw new Error(`There is no window ${id}.`);
  return window;
}

async function stateOf(window: BrowserWindow): Promise<WindowState> {
  const { webContents } = window;
  const { targetId } = await webContents.opened();
  return {
    id: window.id,
    targetId,
    url: webContents.getURL(),
    loading: webContents.isLoading(),
    title: window.getTitle(),
    ...window.onScreen(),
    focused: window.isFocused(),
    skipTaskbar: window.skipsTaskbar(),
    bounds: window.getBounds(),
    webPreferences: { ...webContents.getLastWebPreferences(), session: undefined },
    popups: webContents.windowRequests.answers,
  };
}

onControl('windows.list', async () => Promise.all(BrowserWindow.getAllWindows().map(stateOf)));
onControl('windows.blur', () => BrowserWindow.getFocusedWindow()?.losesFocus());
onControl('windows.focus', (id) => windowById(id).takesFocus());
onControl('windows.minimize', (id) => windowById(id).isMinimizedByPerson());
onControl('windows.close', (id) => windowById(id).close());
onControl('windows.crash', async (id) => {
  const { webContents } = windowById(id);
  const gone = new Promise((resolve) => webContents.once('render-process-gone', resolve));
  const page = await webContents.opened();
  // A page that crashes answers nothing any more.
  page.session.send('Page.crash').catch(() => undefined);
  await gone;
});

onControl('ipc.invoke', async ({ windowId, url, ...how }, channel, args) => {
  const { subframe = false, gone = false, foreign = false } = how;
  const { webContents } = windowById(windowId);
  const real = webContents.mainFrame;
  const forged = { url: url ?? real.url, origin: originOf(url ?? real.url), parent: subframe ? real : null };
  const frame = Object.create(real, Object.getOwnPropertyDescriptors(forged)) as typeof real;
  const event: IpcEvent = {
    type: 'frame',
    sender: foreign ? (Object.create(webContents) as object) : webContents,
    senderFrame: gone ? null : frame,
    frameId: 1,
    processId: 1,
    reply: () => undefined,
    returnValue: undefined,
  };
  try {
    return { result: (await ipcMain.answer(channel, event, args)) ?? null };
  } catch (error) {
    return { error: String(error) };
  }
});

function originOf(url: string): string {
  const { protocol, host } = new URL(url);
  return host === '' ? 'null' : `${protocol}//${host}`;
}

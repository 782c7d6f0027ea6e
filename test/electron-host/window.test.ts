import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LaunchedApp } from '../support/launched-app.ts';
import { hasBrowser, inMain, launchSample } from './sample-app.ts';

const events = [
  'show',
  'hide',
  'focus',
  'blur',
  'close',
  'closed',
  'ready-to-show',
  'minimize',
  'restore',
  'resize',
];
const follow = `globalThis.told = []; for (const name of ${JSON.stringify(events)}) window.on(name, () => told.push(name));`;

describe.runIf(hasBrowser)('a window in the stand-in', () => {
  let app: LaunchedApp;
  beforeAll(async () => {
    app = await launchSample({});
  });
  afterAll(() => app[Symbol.asyncDispose]());

  it('is sandboxed and isolated by default, and is refused otherwise', async () => {
    const page = await app.window();
    expect(await page.evaluate('[innerWidth, innerHeight, isSecureContext]')).toEqual([380, 600, true]);
    const [window] = await app.control('windows.list');
    expect(window?.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
    const unsafe = inMain(app, 'new BrowserWindow({ webPreferences: { sandbox: false } })');
    await expect(unsafe).rejects.toThrow('sandboxed and isolated windows without Node only');
  });

  it('follows the theme of the system, and the app’s choice before it', async () => {
    await inMain(
      app,
      `globalThis.themes = [];
      electron.nativeTheme.on('updated', () => themes.push(electron.nativeTheme.shouldUseDarkColors));`,
    );
    const page = await app.window();
    const isDark = () => page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches');
    expect(await isDark()).toBe(false);
    await app.control('theme.set', 'dark');
    await expect.poll(isDark).toBe(true);
    await inMain(app, "electron.nativeTheme.themeSource = 'light'");
    await expect.poll(isDark).toBe(false);
    expect(await inMain(app, 'return themes')).toEqual([true, false]);
  });

  it('shows, hides, takes and loses the focus', async () => {
    const states = await inMain(
      app,
      `${follow} window.hide(); window.hide(); window.showInactive(); window.focus(); window.minimize(); window.restore();
        window.setBounds({ width: 500, height: 640 });
        return [window.isVisible(), window.isFocused(), window.isMinimized(), BrowserWindow.getFocusedWindow() === window];`,
    );
    expect(states).toEqual([true, true, false, true]);
    await expect
      .poll(() => inMain(app, "return told.join(' ')"))
      .toBe('blur hide show focus blur minimize restore focus resize');
    const page = await app.window();
    await expect.poll(() => page.evaluate('[innerWidth, innerHeight]')).toEqual([500, 640]);
    await app.control('windows.blur');
    expect((await app.control('windows.list'))[0]?.focused).toBe(false);
  });

  it('stays when its close is prevented, and throws at each use once it is gone', async () => {
    const told = await inMain(
      app,
      `const told = [];
      const other = new BrowserWindow();
      other.on('close', (event) => { event.preventDefault(); told.push('kept'); });
      other.close();
      told.push(other.isDestroyed());
      const contents = other.webContents;
      other.destroy();
      told.push(other.isDestroyed(), contents.isDestroyed(), BrowserWindow.getAllWindows().length);
      for (const use of [() => other.show(), () => other.webContents, () => other.getBounds()])
        try { use(); } catch (error) { told.push(error.message); }
      return told;`,
    );
    const gone = 'Object has been destroyed';
    expect(told).toEqual(['kept', false, true, true, 1, gone, gone, gone]);
  });

  it('tells of a page that crashed, and lives on', async () => {
    await inMain(
      app,
      "app.on('render-process-gone', (_event, contents, details) => console.log('gone', details.reason, contents.isCrashed()))",
    );
    const [window] = await app.control('windows.list');
    await app.control('windows.crash', window?.id ?? 0);
    await expect.poll(() => app.output).toContain('gone crashed true');
    expect(await app.control('windows.list')).toHaveLength(1);
  });
});

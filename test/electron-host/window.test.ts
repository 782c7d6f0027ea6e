import { describe, expect, it } from 'vitest';
import { hasBrowser, launchSample } from './sample-app.ts';

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
const follow = `for (const name of ${JSON.stringify(events)}) window.on(name, () => console.log(name));`;

describe.runIf(hasBrowser)('a window in the stand-in', () => {
  it('is sandboxed and isolated by default, and is refused otherwise', async () => {
    await using app = await launchSample({
      after: `try { new BrowserWindow({ webPreferences: { sandbox: false } }); } catch (error) { console.log(error.message); }`,
    });
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
    expect(app.output).toContain('sandboxed and isolated windows without Node only');
  });

  it('shows, hides, takes and loses the focus', async () => {
    await using app = await launchSample({
      after: `${follow} window.hide(); window.hide(); window.showInactive(); window.focus(); window.minimize(); window.restore();
        window.setBounds({ width: 500, height: 640 });
        console.log(window.isVisible(), window.isFocused(), window.isMinimized(), BrowserWindow.getFocusedWindow() === window);`,
    });
    const page = await app.window();
    await expect
      .poll(() => app.output.trim().split('\n').join(' '))
      .toBe(
        'blur hide show focus minimize blur restore focus resize true true false true'.replace(
          'minimize blur',
          'blur minimize',
        ),
      );
    await expect.poll(() => page.evaluate('[innerWidth, innerHeight]')).toEqual([500, 640]);
    await app.control('windows.blur');
    expect((await app.control('windows.list'))[0]?.focused).toBe(false);
  });

  it('stays when its close is prevented, and throws at each use once it is gone', async () => {
    await using app = await launchSample({
      after: `window.on('close', (event) => { event.preventDefault(); console.log('kept'); });
        window.close();
        console.log(window.isDestroyed());
        const contents = window.webContents;
        window.destroy();
        console.log(window.isDestroyed(), contents.isDestroyed(), BrowserWindow.getAllWindows().length);
        for (const use of [() => window.show(), () => window.webContents, () => window.getBounds()])
          try { use(); } catch (error) { console.log(error.message); }`,
    });
    const gone = 'Object has been destroyed';
    await expect
      .poll(() => app.output.trim().split('\n'))
      .toEqual(['kept', 'false', 'true true 0', gone, gone, gone]);
  });

  it('tells of a page that crashed, and lives on', async () => {
    await using app = await launchSample({
      before: `app.on('render-process-gone', (_event, contents, details) => console.log('gone', details.reason, contents.isCrashed()));`,
    });
    await app.window();
    const [window] = await app.control('windows.list');
    await app.control('windows.crash', window?.id ?? 0);
    expect(app.output).toContain('gone crashed true');
    expect(await app.control('windows.list')).toHaveLength(1);
  });

  it('follows the theme of the system, and the app’s choice before it', async () => {
    await using app = await launchSample({
      before: `electron.nativeTheme.on('updated', () => console.log('updated', electron.nativeTheme.shouldUseDarkColors));
        app.on('activate', () => { electron.nativeTheme.themeSource = 'light'; });`,
    });
    const page = await app.window();
    const isDark = () => page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches');
    expect(await isDark()).toBe(false);
    await app.control('theme.set', 'dark');
    await expect.poll(isDark).toBe(true);
    await app.control('app.activate');
    await expect.poll(isDark).toBe(false);
    expect(app.output).toBe('updated true\nupdated false\n');
  });
});

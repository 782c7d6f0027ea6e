import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { hasBrowser } from '../electron-host/sample-app.ts';
import { appFolders } from '../support/launch-app.ts';
import type { AppFolders, LaunchedApp } from '../support/launched-app.ts';
import { choose, signInAt, startApp } from '../support/tray-person.ts';

const token = /^[\w-]+\.[\w-]+\.[\w-]+$/;

describe.runIf(hasBrowser && process.platform === 'linux')('the tray app on Wayland', () => {
  let service: AuthService;
  let folders: AppFolders;
  let app: LaunchedApp;
  const start = () => startApp(service, { folders, computer: { windowSystem: 'wayland' } });
  const clipboard = async () => (await app.control('clipboard.read'))['text/plain'];
  const theWindow = async () => (await app.control('windows.list'))[0];
  const clickIcon = () => app.control('tray.event', 'click', { x: 0, y: 0 });
  beforeAll(async () => {
    service = await startAuthService();
    folders = await appFolders();
    app = await start();
  });
  afterAll(async () => {
    await app[Symbol.asyncDispose]();
    await folders[Symbol.asyncDispose]();
    await service.close();
  });

  it('T12 T19 opens the window for “Copy token” in the menu, copies from there, and asks for no permission', async () => {
    const page = await signInAt(app);
    expect(await app.control('notifications.asked')).toBe(false);
    await app.control('clipboard.write', 'a shopping list');
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await theWindow())?.visible).toBe(false);
    await choose(app, 'Copy token');
    await page.getByText('the clipboard takes a copy from this window only', { exact: false }).waitFor();
    expect(await theWindow()).toMatchObject({ visible: true, focused: true });
    expect(await clipboard()).toBe('a shopping list');
    await page.getByRole('button', { name: 'Copy token' }).click();
    await page
      .getByText(/^Copied\. Works until/)
      .first()
      .waitFor();
    expect(await clipboard()).toMatch(token);
  });

  it('T14 T20 shows and hides the window by a click on the icon, minimised or behind others, and minimises it when the host is gone', async () => {
    await clickIcon();
    await expect.poll(async () => (await theWindow())?.visible).toBe(false);
    await clickIcon();
    await expect.poll(theWindow).toMatchObject({ visible: true, focused: true });
    const { id = 0 } = (await theWindow()) ?? {};
    await app.control('windows.minimize', id);
    await app.control('app.secondInstance', ['token-tray'], '/', null);
    await expect.poll(theWindow).toMatchObject({ visible: true, focused: true, minimized: false });
    await app.control('tray.host', false);
    await app.control('windows.close', id);
    await expect.poll(async () => (await theWindow())?.visible).toBe(true);
    await app.control('windows.close', id);
    await expect.poll(async () => (await theWindow())?.minimized).toBe(true);
    await app.control('app.secondInstance', ['token-tray'], '/', null);
    await expect.poll(theWindow).toMatchObject({ visible: true, focused: true, minimized: false });
  });

  it('T12 takes off what the desktop kept of a copy, as soon as the window is used again', async () => {
    await app.control('windows.blur');
    expect(await app.end()).toBe(0);
    app = await start();
    const page = await app.window();
    await page.getByRole('button', { name: 'Copy token' }).waitFor();
    expect(await clipboard()).toMatch(token);
    await page.getByRole('heading', { name: 'Signed in.' }).click();
    await expect.poll(clipboard).toBe('');
  });
});

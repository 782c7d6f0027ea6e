import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { hasBrowser } from '../electron-host/sample-app.ts';
import type { LaunchedApp } from '../support/launched-app.ts';
import { ask, choose, signInAt, startApp } from '../support/tray-person.ts';

const mark = 'electron application/osclipboard;format="x-kde-passwordManagerHint"';
const token = /^[\w-]+\.[\w-]+\.[\w-]+$/;

describe.runIf(hasBrowser && process.platform === 'linux')('the tray app on Wayland', () => {
  let service: AuthService;
  let app: LaunchedApp;
  const clipboard = async () => (await app.control('clipboard.read'))['text/plain'];
  const theWindow = async () => (await app.control('windows.list'))[0];
  const clickIcon = () => app.control('tray.event', 'click', { x: 0, y: 0 });
  beforeAll(async () => {
    service = await startAuthService();
    app = await startApp(service, { computer: { windowSystem: 'wayland' } });
  });
  afterAll(async () => {
    await app[Symbol.asyncDispose]();
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
    // Minimised at once where the app has noticed already; else hidden, then back.
    await expect
      .poll(async () => {
        const { visible = false, minimized = false } = (await theWindow()) ?? {};
        return visible || minimized;
      })
      .toBe(true);
    await app.control('windows.close', id);
    await expect.poll(async () => (await theWindow())?.minimized).toBe(true);
    await app.control('app.secondInstance', ['token-tray'], '/', null);
    await expect.poll(theWindow).toMatchObject({ visible: true, focused: true, minimized: false });
  });

  it('T12 takes a copy off without the keyboard, and what the desktop kept of it once the window is used', async () => {
    const page = await app.window();
    await page.getByRole('button', { name: 'Copy token' }).click();
    await expect.poll(() => app.control('clipboard.read')).toMatchObject({ [mark]: 'secret' });
    await app.control('windows.blur');
    expect((await ask(app, '/v1/logout', { method: 'POST' })).ok).toBe(true);
    // What is there now is the desktop's own, without the mark.
    expect(await app.control('clipboard.read')).toEqual({
      'text/plain': expect.stringMatching(token) as string,
    });
    await app.control('windows.focus', (await theWindow())?.id ?? 0);
    await page.getByRole('heading', { name: 'Sign in once' }).click();
    await expect.poll(clipboard).toBe('');
  });
});

import { describe, expect, it } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { appFolders, canLaunchApp, launchApp } from '../support/launch-app.ts';
import type { LaunchedApp } from '../support/launched-app.ts';

const demo = { username: 'demo@example.com', password: 'correct horse' };

async function signIn(app: LaunchedApp): Promise<void> {
  const page = await app.window();
  await page.getByLabel('Email', { exact: true }).fill(demo.username);
  await page.getByLabel('Password', { exact: true }).fill(demo.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: 'Copy token' }).waitFor();
}

async function copied(app: LaunchedApp): Promise<string> {
  return (await app.control('clipboard.read'))['text/plain'] ?? '';
}

async function signedInApp(service: AuthService): Promise<LaunchedApp> {
  const app = await launchApp({ service: service.url });
  await signIn(app);
  return app;
}

describe.runIf(canLaunchApp)('the tray of the running app', () => {
  it('C01 counts the minutes, and its menu copies the token with its mark', async () => {
    await using service = await startAuthService();
    await using app = await signedInApp(service);
    await expect
      .poll(async () => (await app.control('tray.look'))?.tooltip)
      .toBe(`${demo.username} · 45 min left`);
    await app.control('menu.click', ['Copy token'], 'tray');
    await expect.poll(() => copied(app)).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(await app.control('clipboard.read')).toMatchObject({
      'electron application/osclipboard;format="x-kde-passwordManagerHint"': 'secret',
    });
  });

  it('C03 a copy that a crash left behind is gone after the next start, and what a person copied since is not', async () => {
    await using service = await startAuthService();
    await using folders = await appFolders();
    const start = () => launchApp({ service: service.url, folders });
    {
      await using app = await start();
      await signIn(app);
      await app.control('menu.click', ['Copy token'], 'tray');
      await expect.poll(() => copied(app)).not.toBe('');
      await app.end('SIGKILL');
    }
    {
      await using app = await start();
      await expect.poll(() => copied(app)).toBe('');
      await (await app.window()).getByRole('button', { name: 'Copy token' }).waitFor();
      await app.control('menu.click', ['Copy token'], 'tray');
      await expect.poll(() => copied(app)).not.toBe('');
      await app.control('clipboard.write', 'a shopping list');
      await app.end('SIGKILL');
    }
    await using app = await start();
    await app.window();
    expect(await copied(app)).toBe('a shopping list');
  });

  it('C03 a copy is gone when the app quits', async () => {
    await using service = await startAuthService();
    await using folders = await appFolders();
    await using app = await launchApp({ service: service.url, folders });
    await signIn(app);
    await app.control('menu.click', ['Copy token'], 'tray');
    await expect.poll(() => copied(app)).not.toBe('');
    expect(await app.end()).toBe(0);
    await using next = await launchApp({ service: service.url, folders });
    expect(await copied(next)).toBe('');
  });

  it('G01 without a place for icons the window shows and is minimised by its close button; the icon comes when it can', async () => {
    await using app = await launchApp({ computer: { trayHost: false } });
    await app.window();
    expect(await app.control('tray.look')).toBeNull();
    const [window] = await app.control('windows.list');
    expect(window).toMatchObject({ skipTaskbar: false, minimized: false });
    await app.control('windows.close', window?.id ?? 0);
    await expect.poll(async () => (await app.control('windows.list'))[0]?.minimized).toBe(true);
    await app.control('tray.host', true);
    await expect.poll(async () => (await app.control('tray.look'))?.tooltip).toBe('Not signed in');
    await expect.poll(async () => (await app.control('windows.list'))[0]?.skipTaskbar).toBe(true);
  });

  it('G01 at login it waits for the panel, and shows no window', async () => {
    await using service = await startAuthService();
    await using folders = await appFolders();
    {
      await using app = await launchApp({ service: service.url, folders });
      await signIn(app);
      await app.end();
    }
    const computer = { trayHost: false };
    await using app = await launchApp({ service: service.url, folders, computer, args: ['--hidden'] });
    expect(await app.control('tray.look')).toBeNull();
    await app.control('tray.host', true);
    await expect.poll(async () => (await app.control('tray.look'))?.tooltip).toContain(demo.username);
    expect(await app.control('windows.list')).toEqual([]);
  });
});

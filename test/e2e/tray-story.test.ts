import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { describe, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { appFolders, canLaunchApp } from '../support/launch-app.ts';
import type { AppFolders, LaunchedApp } from '../support/launched-app.ts';
import { demo } from '../support/state-row.ts';
import { chooseMore, startApp, statusOf, tokenInTerminal } from '../support/tray-person.ts';

/** What is on the clipboard: the text, and how many marks came with it. */
async function clipboard(app: LaunchedApp) {
  const { 'text/plain': text = null, ...marks } = await app.control('clipboard.read');
  return { text, concealed: Object.values(marks).includes('secret') };
}
const nothing = { text: null, concealed: false };

/** Folders in which a copy leaves the clipboard as soon as the settings allow. */
async function foldersOfTheHasty(): Promise<AppFolders> {
  const folders = await appFolders();
  writeFileSync(join(folders.home, 'settings.json'), '{"clipboardSeconds":10}', { mode: 0o600 });
  return folders;
}

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const wanted = page.getByRole('button', { name, exact: true });
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press(key);
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return;
  }
  throw new Error(`No way by ${key} to ${name}.`);
}

describe.runIf(canLaunchApp).concurrent('from nothing to a served token, and back', () => {
  it('C01 C02 V17 by mouse: signed in, served, copied, signed out everywhere', async ({ expect }) => {
    await using service = await startAuthService();
    await using folders = await foldersOfTheHasty();
    await using app = await startApp(service, { folders });
    const page = await app.window();
    expect(await tokenInTerminal(app)).toMatchObject({ exitCode: 3, stdout: '' });
    await page.getByRole('textbox', { name: 'Email' }).fill(demo.username);
    await page.getByLabel('Password', { exact: true }).fill(demo.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Signed in.' }).waitFor();
    const token = (await tokenInTerminal(app)).stdout.trim();
    expect(token).toMatch(/^ey/);

    await page.getByRole('button', { name: 'Copy token' }).click();
    const copied = page.getByText(/^Copied\. Works until \d\d:\d\d; leaves the clipboard in (10|\d)\ss$/);
    await copied.waitFor();
    expect(await clipboard(app)).toEqual({ text: token, concealed: true });
    await app.control('clipboard.write', 'four boxes of tape');
    await copied.waitFor({ state: 'hidden' });
    expect(await clipboard(app)).toEqual({ text: 'four boxes of tape', concealed: false });

    await chooseMore(page, 'Renew now');
    await expect.poll(() => service.stats().refreshes).toBe(1);
    await page.getByRole('heading', { name: 'Signed in.' }).waitFor();
    const renewed = (await tokenInTerminal(app)).stdout.trim();
    expect(renewed).not.toBe(token);
    await page.getByRole('button', { name: 'Copy token' }).click();
    await expect.poll(() => clipboard(app)).toEqual({ text: renewed, concealed: true });
    expect(storedAccounts(app)).toEqual([1, 1]);
    await chooseMore(page, 'Sign out…');
    const asked = page.getByRole('dialog', { name: 'Sign out?' });
    await asked.getByRole('button', { name: 'Stay signed in' }).click();
    expect((await statusOf(app)).state).toBe('active');
    await chooseMore(page, 'Sign out…');
    await asked.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in once' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Email' }).inputValue()).toBe(demo.username);
    expect(await clipboard(app)).toEqual(nothing);
    expect(await tokenInTerminal(app)).toMatchObject({ exitCode: 3, stdout: '' });
    expect(storedAccounts(app).every((accounts) => accounts === 0)).toBe(true);
    expect(service.stats()).toMatchObject({ logins: 1, refreshes: 1 });
    expect((await page.consoleMessages()).map((message) => message.text())).toEqual([]);
  });

  it('C02 by keyboard alone; a second start shows the window, a restart needs no password', async ({
    expect,
  }) => {
    await using service = await startAuthService();
    await using folders = await foldersOfTheHasty();
    await using app = await startApp(service, { folders });
    const page = await app.window();
    await page.getByRole('textbox', { name: 'Email' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type(demo.username);
    await page.keyboard.press('Tab');
    await page.keyboard.type(demo.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Signed in.' }).waitFor();
    const token = (await tokenInTerminal(app)).stdout.trim();
    await tabTo(page, 'Copy token');
    await page.keyboard.press('Enter');
    await expect.poll(() => clipboard(app)).toEqual({ text: token, concealed: true });

    await page.keyboard.press('Escape');
    await expect
      .poll(async () => (await app.control('windows.list')).some(({ visible }) => visible))
      .toBe(false);
    await using second = await startApp(service, { folders });
    expect(await second.ended()).toBe(0);
    await app.window();
    await page.getByRole('heading', { name: 'Signed in.' }).waitFor();
    await expect.poll(() => clipboard(app)).toEqual(nothing);

    await tabTo(page, 'Copy token');
    await tabTo(page, 'More', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Renew now' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Stay signed in' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByLabel('Password', { exact: true }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type(demo.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Signed in.' }).waitFor();
    const again = (await tokenInTerminal(app)).stdout;
    expect(await app.end()).toBe(0);

    await using later = await startApp(service, { folders });
    await (await later.window()).getByRole('heading', { name: 'Signed in.' }).waitFor();
    expect((await tokenInTerminal(later)).stdout).toBe(again);
    expect(service.stats()).toMatchObject({ logins: 2, refreshes: 0 });
  });
});

/** How many accounts each vault file of the home holds: both generations, where there are two. */
function storedAccounts(app: LaunchedApp): number[] {
  const { home } = app.folders;
  const files = readdirSync(home).filter((name) => name.startsWith('vault.'));
  return files.map((name) => {
    const { accounts } = JSON.parse(readFileSync(join(home, name), 'utf8')) as { accounts: unknown[] };
    return accounts.length;
  });
}

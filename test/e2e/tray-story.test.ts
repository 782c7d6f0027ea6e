import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { KeyboardPerson } from '../support/keyboard-person.ts';
import { appFolders, canLaunchApp } from '../support/launch-app.ts';
import type { AppFolders, LaunchedApp } from '../support/launched-app.ts';
import { demo } from '../support/state-row.ts';
import { ask, chooseMore, startApp, statusOf, tokenInTerminal } from '../support/tray-person.ts';

/** What is on the clipboard: the text, and whether a mark came with it. */
async function clipboard(app: LaunchedApp) {
  const { 'text/plain': text = null, ...marks } = await app.control('clipboard.read');
  return { text, concealed: Object.values(marks).includes('secret') };
}
const nothing = { text: null, concealed: false };

async function servedToken(app: LaunchedApp): Promise<string> {
  return ((await (await ask(app, '/v1/token')).json()) as { access_token: string }).access_token;
}

async function consoleOf(page: Page): Promise<string[]> {
  return (await page.consoleMessages()).map((message) => message.text());
}

/** How many accounts each vault file of the home holds: both generations, where there are two. */
function storedAccounts(app: LaunchedApp): number[] {
  const { home } = app.folders;
  const files = readdirSync(home).filter((name) => name.startsWith('vault.'));
  return files.map((name) => {
    const { accounts } = JSON.parse(readFileSync(join(home, name), 'utf8')) as { accounts: unknown[] };
    return accounts.length;
  });
}

// One computer and one service: the second test goes on where the day by keyboard ended, signed in.
describe.runIf(canLaunchApp)('from nothing to a served token, and back', () => {
  let service: AuthService;
  let folders: AppFolders;
  let app: LaunchedApp;
  beforeAll(async () => {
    service = await startAuthService();
    folders = await appFolders();
    // A copy leaves the clipboard as soon as the settings allow.
    writeFileSync(join(folders.home, 'settings.json'), '{"clipboardSeconds":10}', { mode: 0o600 });
    app = await startApp(service, { folders });
  });
  afterAll(async () => {
    await app[Symbol.asyncDispose]();
    await folders[Symbol.asyncDispose]();
    await service.close();
  });

  it('C02 a day by keyboard alone: signs in, copies, is shown by a second start, pauses, connects a tool and removes it, reads Arabic, signs out and in', async () => {
    const page = await app.window();
    const person = new KeyboardPerson(page);
    const sees = (text: string | RegExp) => page.getByText(text).first().waitFor();
    const isSignedIn = () => page.getByRole('heading', { name: 'Signed in.' }).waitFor();
    expect(await tokenInTerminal(app)).toMatchObject({ exitCode: 3, stdout: '' });

    await person.isAt('textbox', 'Email');
    await person.type(demo.username);
    await person.key('Tab');
    await person.type(demo.password);
    await person.key('Enter');
    await isSignedIn();
    await person.seesFocus();
    await person.press('button', 'Copy token');
    await sees(/^Copied\. Works until/);
    await person.seesFocus();
    expect(await clipboard(app)).toEqual({ text: await servedToken(app), concealed: true });

    await person.key('Escape');
    await expect
      .poll(async () => (await app.control('windows.list')).some(({ visible }) => visible))
      .toBe(false);
    await using second = await startApp(service, { folders });
    expect(await second.ended()).toBe(0);
    await app.window();
    await isSignedIn();

    await person.open('Activity');
    await sees('You signed in');
    await person.press('button', 'Status');
    await page.getByRole('heading', { name: 'Signed in.' }).and(page.locator(':focus')).waitFor();
    await person.key('Shift+Tab');
    await person.isAt('button', 'More');
    await person.key('Enter');
    await person.isAt('menuitem', 'Renew now');
    await person.key('ArrowDown');
    await person.key('Enter');
    await sees(/^Tools are paused until/);
    expect((await statusOf(app)).paused_until).not.toBeNull();
    await person.press('button', 'Resume');
    await isSignedIn();
    await person.seesFocus();

    await person.press('button', 'More');
    await person.isAt('menuitem', 'Renew now');
    await person.key('ArrowUp');
    await person.key('Enter');
    await person.isAt('button', 'Stay signed in');
    await person.key('Enter');
    await person.seesFocus();
    // The ten seconds of the copy are over.
    await expect.poll(() => clipboard(app)).toEqual(nothing);

    await person.open('Tools');
    await person.press('button', /^Connect a tool…/);
    await person.goTo('textbox', 'Name of the tool');
    await person.type('Nightly Sync');
    await person.key('Enter');
    await page.getByRole('heading', { name: 'nightly-sync has its key' }).waitFor();
    await person.press('button', 'Copy with the key');
    await expect
      .poll(async () => (await app.control('clipboard.read'))['text/plain'])
      .toMatch(/urllib[\s\S]*tt_[\w-]{43}/);
    await person.press('button', 'Try it');
    await sees(/It works: the tool gets the token of demo@example\.com/);
    // No key and no token ever came into the window.
    expect(await page.content()).not.toMatch(/tt_[\w-]{43}|eyJ/);
    await person.key('Shift+Tab');
    await person.open('Tools');
    await person.press('button', 'Remove nightly-sync');
    await person.isAt('button', 'Keep it');
    await person.key('Tab');
    await person.key('Enter');
    await sees('No tool has a key of its own yet.');
    await person.seesFocus();

    await person.open('Settings');
    await person.press('switch', 'Always keep a fresh token', 'Space');
    await expect
      .poll(() => page.getByRole('switch', { name: 'Always keep a fresh token' }).isChecked())
      .toBe(true);
    await person.goTo('combobox', 'Language');
    await person.key('End');
    await page.getByRole('heading', { level: 1, name: 'الإعدادات' }).waitFor();
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    if (app.can('tray.look')) {
      await expect
        .poll(async () => (await app.control('tray.look'))?.menu?.at(-1)?.label)
        .toBe('إنهاء Token Tray');
    }
    await person.goTo('combobox', 'اللغة');
    await person.key('Home');
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await person.press('button', 'Check the set-up');
    await sees(/needs? mending\./);
    await sees('Sessions are kept, encrypted by this computer.');
    await person.press('button', 'Copy details for support');
    await sees('This is on the clipboard now:');
    const details = (await app.control('clipboard.read'))['text/plain'] ?? '';
    // L02: of what this computer and this person are called, nothing.
    expect(details).toContain('states: active');
    expect(details).not.toMatch(/demo|example|127\.0\.0\.1|tt_|eyJ/);
    expect(details).not.toContain(app.folders.home);

    await person.press('button', `Sign out ${demo.username}…`);
    await person.isAt('button', 'Stay signed in');
    await person.key('Tab');
    await person.key('Enter');
    await page.getByRole('heading', { name: 'Sign in once' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Email' }).inputValue()).toBe(demo.username);
    await person.isAtPassword();
    await person.type(demo.password);
    await person.key('Enter');
    await isSignedIn();
    expect(service.stats()).toMatchObject({ logins: 2, refreshes: 0 });
    expect(await consoleOf(page)).toEqual([]);
  });

  it('C01 C02 V17 by mouse: a restart needs no password; served, copied, renewed, signed out everywhere', async () => {
    const token = (await tokenInTerminal(app)).stdout.trim();
    expect(token).toMatch(/^ey/);
    expect(await app.end()).toBe(0);
    app = await startApp(service, { folders });
    const page = await app.window();
    await page.getByRole('heading', { name: 'Signed in.' }).waitFor();
    expect(await servedToken(app)).toBe(token);
    expect(service.stats()).toMatchObject({ logins: 2, refreshes: 0 });

    await page.getByRole('button', { name: 'Copy token' }).click();
    const copied = page.getByText(/^Copied\. Works until \d\d:\d\d; leaves the clipboard in (10|\d)\ss$/);
    await copied.waitFor();
    expect(await clipboard(app)).toEqual({ text: token, concealed: true });
    await app.control('clipboard.write', 'four boxes of tape');
    await copied.waitFor({ state: 'hidden' });
    expect(await clipboard(app)).toEqual({ text: 'four boxes of tape', concealed: false });

    await chooseMore(page, 'Renew now');
    await expect.poll(() => service.stats().refreshes).toBe(1);
    await expect.poll(() => servedToken(app)).not.toBe(token);
    await page.getByRole('heading', { name: 'Signed in.' }).waitFor();
    await page.getByRole('button', { name: 'Copy token' }).click();
    const renewed = { text: await servedToken(app), concealed: true };
    await expect.poll(() => clipboard(app)).toEqual(renewed);
    expect(storedAccounts(app)).toEqual([1, 1]);
    await chooseMore(page, 'Sign out…');
    const asked = page.getByRole('dialog', { name: 'Sign out?' });
    await asked.getByRole('button', { name: 'Stay signed in' }).click();
    expect((await statusOf(app)).state).toBe('active');
    await chooseMore(page, 'Sign out…');
    await asked.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in once' }).waitFor();
    await expect.poll(() => clipboard(app)).toEqual(nothing);
    expect(await tokenInTerminal(app)).toMatchObject({ exitCode: 3, stdout: '' });
    expect(storedAccounts(app).every((accounts) => accounts === 0)).toBe(true);
    expect(service.stats()).toMatchObject({ logins: 2, refreshes: 1 });
    expect(await consoleOf(page)).toEqual([]);
  });
});

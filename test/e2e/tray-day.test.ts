import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { canLaunchApp } from '../support/launch-app.ts';
import { demo } from '../support/state-row.ts';
import { startApp, statusOf } from '../support/tray-person.ts';

/** A person who has a keyboard and nothing else, and looks where the focus is. */
class KeyboardPerson {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Waits until something has the focus: it is never lost to the page itself. */
  async seesFocus(): Promise<void> {
    await this.#page.locator(':focus').first().waitFor();
  }

  /** Presses Tab until a control of this role and name has the focus. */
  async goTo(role: Parameters<Page['getByRole']>[0], name: string | RegExp): Promise<void> {
    const wanted = this.#page.getByRole(role, { name, exact: true }).and(this.#page.locator(':focus'));
    for (let presses = 0; presses < 40; presses += 1) {
      if ((await wanted.count()) > 0) return;
      await this.#page.keyboard.press('Tab');
    }
    throw new Error(`No way to the ${role} ${String(name)}.`);
  }

  async press(role: 'button' | 'switch', name: string | RegExp, key = 'Enter'): Promise<void> {
    await this.goTo(role, name);
    await this.#page.keyboard.press(key);
  }

  /** Opens a view, and finds itself at its heading. */
  async open(name: string): Promise<void> {
    await this.press('button', name);
    const heading = this.#page.getByRole('heading', { level: 1, name });
    await heading.and(this.#page.locator(':focus')).waitFor();
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async key(name: string): Promise<void> {
    await this.#page.keyboard.press(name);
  }
}

describe.runIf(canLaunchApp)('a day by keyboard alone', () => {
  it('signs in, looks, copies, connects a tool and removes it, pauses, reads Arabic, signs out', async () => {
    await using service = await startAuthService();
    await using app = await startApp(service);
    const page = await app.window();
    const person = new KeyboardPerson(page);
    const sees = (text: string | RegExp) => page.getByText(text).first().waitFor();

    await person.goTo('textbox', 'Email');
    await person.type(demo.username);
    await person.key('Tab');
    await person.type(demo.password);
    await person.key('Enter');
    await page.getByRole('heading', { name: 'Signed in.' }).waitFor();
    await person.seesFocus();
    await person.press('button', 'Copy token');
    await sees(/^Copied\. Works until/);
    await person.seesFocus();

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
    await page.getByRole('button', { name: 'Keep it' }).and(page.locator(':focus')).waitFor();
    await person.key('Tab');
    await person.key('Enter');
    await sees('No tool has a key of its own yet.');
    await person.seesFocus();

    await person.open('Activity');
    await sees('You signed in');
    await person.press('button', 'Status');
    await page.getByRole('heading', { name: 'Signed in.' }).and(page.locator(':focus')).waitFor();
    await person.key('Shift+Tab');
    await page.getByRole('button', { name: 'More' }).and(page.locator(':focus')).waitFor();
    await person.key('Enter');
    await page.getByRole('menuitem', { name: 'Renew now' }).and(page.locator(':focus')).waitFor();
    await person.key('ArrowDown');
    await person.key('Enter');
    await sees(/^Tools are paused until/);
    expect((await statusOf(app)).paused_until).not.toBeNull();
    await person.press('button', 'Resume');
    await page.getByRole('heading', { name: 'Signed in.' }).waitFor();
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
    await page.getByRole('button', { name: 'Stay signed in' }).and(page.locator(':focus')).waitFor();
    await person.key('Tab');
    await person.key('Enter');
    await page.getByRole('heading', { name: 'Sign in once' }).waitFor();
    await page.getByLabel('Password', { exact: true }).and(page.locator(':focus')).waitFor();
    expect(service.stats()).toMatchObject({ logins: 1, refreshes: 0 });
    expect((await page.consoleMessages()).map((message) => message.text())).toEqual([]);
  });
});

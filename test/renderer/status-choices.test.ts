import { describe, expect, it } from 'vitest';
import { firstView, viewOf, viewsOfFaces } from '../support/app-views.ts';
import { hasBrowser, useBrowserWindow } from './browser-window.ts';

const opened = useBrowserWindow();

async function openStatus(view = viewOf()): Promise<typeof opened.window> {
  await opened.window.show(view);
  return opened.window;
}

const two = viewOf({
  accounts: [
    { account: 'anna@warehouse.example', state: 'active', default: true },
    { account: 'ben@shop.example', state: 'needs_sign_in', default: false },
  ],
});

describe.skipIf(!hasBrowser)('the menu of the status', () => {
  it('renews, pauses and leads to the sign-out, by keyboard alone', async () => {
    const { page, bridge } = await openStatus();
    const more = page.getByRole('button', { name: 'More' });
    await more.press('Enter');
    await page.getByRole('menuitem', { name: 'Renew now' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => bridge.asked('renewNow')).toHaveLength(1);
    await more.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => bridge.asked('pauseTools')).toEqual([[3_600]]);
    await more.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Sign out?' }).waitFor();
  });

  it('closes on Esc without hiding the window, and gives the focus back', async () => {
    const { page, bridge } = await openStatus();
    const more = page.getByRole('button', { name: 'More' });
    await more.press('Enter');
    await page.getByRole('menuitem').first().waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('menuitem').count()).toBe(0);
    expect(await more.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(bridge.asked('hideWindow')).toEqual([]);
  });

  it('of thirty accounts stays in the window, and every line of it in reach', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `person-${index}@warehouse.example`);
    const accounts = names.map((account) => ({ account, state: 'active', default: false }) as const);
    const { page } = await openStatus(viewOf({ accounts, account: 'person-0@warehouse.example' }));
    await page.getByRole('button', { name: /^Account shown/ }).click();
    const menu = page.getByRole('menu', { name: 'Account shown' });
    expect(await menu.evaluate((box) => box.getBoundingClientRect().bottom)).toBeLessThanOrEqual(600);
    await page.keyboard.press('End');
    const last = page.getByRole('menuitem', { name: 'Add an account…' });
    await expect
      .poll(() => last.evaluate((line) => line.getBoundingClientRect().bottom))
      .toBeLessThanOrEqual(600);
  });

  it('resumes while tools are paused', async () => {
    const { page, bridge } = await openStatus(viewsOfFaces.paused);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Resume tools' }).click();
    await expect.poll(() => bridge.asked('resumeTools')).toHaveLength(1);
  });
});

describe.skipIf(!hasBrowser)('what is asked before it is done', () => {
  it('is a sign-out: how many tools lose their tokens, and what stays', async () => {
    const { page, bridge } = await openStatus();
    await bridge.tell(page, 'goTo', 'sign_out');
    const dialog = page.getByRole('dialog', { name: 'Sign out?' });
    await dialog
      .getByText('2 tools will stop getting tokens. The email stays filled in.', { exact: true })
      .waitFor();
    await page.keyboard.press('Escape');
    // Out of the page, and not only out of sight: its `close` comes a moment later.
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    expect(bridge.requests.filter(({ name }) => name === 'hideWindow' || name === 'signOut')).toEqual([]);
    await bridge.tell(page, 'goTo', 'sign_out');
    await dialog.getByRole('button', { name: 'Sign out' }).click();
    await expect.poll(() => bridge.asked('signOut')).toHaveLength(1);
    await bridge.tell(
      page,
      'view',
      firstView({ signIn: { service: 'https://a.example', username: 'anna', form: 'basic' } }),
    );
    await expect.poll(() => page.getByLabel('Email', { exact: true }).inputValue()).toBe('anna');
  });

  it('is one more token: what it risks, and from when on it risks nothing', async () => {
    const { page, bridge } = await openStatus(viewsOfFaces.budget_spent);
    const main = page.locator('main').getByRole('button', { name: 'Get one now' });
    await main.click();
    const dialog = page.getByRole('dialog', { name: 'Get a new token now?' });
    await dialog.getByText('suspend the account').waitFor();
    await dialog.getByText('From 10:42 on').waitFor();
    await dialog.getByRole('button', { name: 'Wait' }).click();
    // Out of the page, and not only out of sight: its `close` comes a moment later.
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    expect(bridge.asked('getOneNow')).toEqual([]);
    await main.click();
    await dialog.getByRole('button', { name: 'Get one now' }).click();
    await expect.poll(() => bridge.asked('getOneNow')).toHaveLength(1);
  });

  it('is where a sign-in is kept that nothing protects', async () => {
    const { page, bridge } = await openStatus(viewOf({ unprotectedStorage: 'ask' }));
    await page.getByText('You sign in again each time Token Tray starts.').waitFor();
    await page.getByRole('button', { name: 'Keep it all the same' }).click();
    await expect.poll(() => bridge.asked('chooseStorage')).toEqual([['keep']]);
    await bridge.tell(page, 'view', viewOf({ unprotectedStorage: 'keep' }));
    await page.getByText('The sign-in is stored unprotected.').waitFor();
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByRole('button', { name: 'In memory only' }).click();
    await expect.poll(() => bridge.asked('chooseStorage')).toEqual([['keep'], ['memory']]);
  });

  it('T23 is a restart where the key store refuses, and a sign-in where another kind of it sealed the sessions', async () => {
    const { page, bridge } = await openStatus(
      viewOf({ keyStoreTrouble: 'refused', unprotectedStorage: 'ask' }),
    );
    await page.getByText('Or choose where the sign-in is kept without the key store.').waitFor();
    expect(await page.getByText('no safe place').count()).toBe(0);
    await page.getByText('Sessions are kept in memory only: they end with Token Tray.').waitFor();
    await page.getByRole('button', { name: 'Restart Token Tray' }).click();
    await expect.poll(() => bridge.asked('restart')).toHaveLength(1);
    await bridge.tell(page, 'view', firstView({ keyStoreTrouble: 'other' }));
    await page.getByRole('textbox', { name: 'Email' }).waitFor();
    await page.getByText('They stay as they are, and open again on the desktop that sealed them.').waitFor();
  });

  it('is whether to start with the computer, then where the icon lives is said', async () => {
    const { page, bridge } = await openStatus(viewOf({ hints: { tray: true, startAtLogin: true } }));
    await page.getByRole('button', { name: 'Yes, start' }).click();
    await expect.poll(() => bridge.asked('startAtLogin')).toEqual([[true]]);
    await bridge.tell(page, 'view', viewOf({ hints: { tray: true, startAtLogin: false } }));
    await page.getByRole('button', { name: 'Got it' }).click();
    await expect.poll(() => bridge.asked('dismissTrayHint')).toHaveLength(1);
  });
});

describe.skipIf(!hasBrowser)('the accounts', () => {
  it('are chosen in the head, which says which one tools get', async () => {
    const { page, bridge } = await openStatus(two);
    await page.getByRole('button', { name: 'Account shown' }).click();
    const shown = page.getByRole('menuitemradio', { name: 'anna@warehouse.example' });
    expect(await shown.getAttribute('aria-checked')).toBe('true');
    expect(await shown.innerText()).toContain('tools get this one');
    await page.getByRole('menuitemradio', { name: 'ben@shop.example' }).click();
    await expect.poll(() => bridge.asked('showAccount')).toEqual([['ben@shop.example']]);
  });

  it('get another one by an empty form, which leads back', async () => {
    const { page } = await openStatus();
    await page.getByRole('button', { name: 'Account shown' }).click();
    await page.getByRole('menuitem', { name: 'Add an account…' }).click();
    await page.getByRole('heading', { name: 'Add an account' }).waitFor();
    expect(await page.getByLabel('Email', { exact: true }).inputValue()).toBe('');
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('heading', { name: 'Signed in.' }).waitFor();
  });

  it('say so when one was signed in already', async () => {
    const { page, bridge } = await openStatus(viewsOfFaces.needs_sign_in_over);
    bridge.answers.signIn = () => ({ ok: true, value: { account: 'anna@warehouse.example', already: true } });
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Password', { exact: true }).fill('correct horse');
    await page.keyboard.press('Enter');
    await page.getByText('This account was signed in already').waitFor();
  });
});

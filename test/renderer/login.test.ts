import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../electron/contract/failures.ts';
import { firstView, viewsOfFaces } from '../support/app-views.ts';
import { hasBrowser, useBrowserWindow } from './browser-window.ts';

const password = 'correct horse';
const opened = useBrowserWindow();

const emailOf = (page: Page) => page.getByLabel('Email', { exact: true });
const passwordOf = (page: Page) => page.getByLabel('Password', { exact: true });

async function openForm(view = firstView()): Promise<typeof opened.window> {
  await opened.window.show(view);
  return opened.window;
}

/** Fills the form and signs in by the Enter key; `failure`: what the service makes of it. */
async function signIn(failure?: Failure): Promise<typeof opened.window> {
  const window = await openForm();
  if (failure) window.bridge.answers.signIn = () => ({ ok: false, failure });
  await emailOf(window.page).fill(' anna@shop.example ');
  await passwordOf(window.page).fill(password);
  await passwordOf(window.page).press('Enter');
  return window;
}

describe.skipIf(!hasBrowser)('the login form', () => {
  it('begins in the first field that is empty', async () => {
    const { page } = await openForm();
    await expect.poll(() => emailOf(page).evaluate((field) => field === document.activeElement)).toBe(true);
    await openForm(
      firstView({ signIn: { service: 'https://auth.example', username: 'anna@shop.example', form: 'json' } }),
    );
    expect(await emailOf(page).inputValue()).toBe('anna@shop.example');
    expect(await passwordOf(page).evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it('says to password managers what its fields are, and takes a password of any length', async () => {
    const { page } = await openForm();
    expect(await emailOf(page).getAttribute('autocomplete')).toBe('username');
    expect(await passwordOf(page).getAttribute('autocomplete')).toBe('current-password');
    await passwordOf(page).fill('x'.repeat(3_000));
    expect(await passwordOf(page).inputValue()).toHaveLength(3_000);
  });

  it('signs in on Enter, once, at the service that is shown', async () => {
    const { page, bridge } = await openForm();
    bridge.answers.signIn = () => new Promise(() => undefined);
    await emailOf(page).fill(' anna@shop.example ');
    await passwordOf(page).fill(password);
    await passwordOf(page).press('Enter');
    await passwordOf(page).press('Enter');
    await page.getByRole('progressbar', { name: 'Signing in…' }).waitFor();
    expect(bridge.asked('signIn')).toEqual([
      [{ username: 'anna@shop.example', password, service: 'https://authlive.logistiq.io', form: 'basic' }],
    ]);
  });

  it('leaves nothing of the password in page, history or storage once it has signed in', async () => {
    const { page, bridge } = await signIn();
    await expect.poll(() => bridge.asked('showAccount')).toEqual([['anna@shop.example']]);
    await expect.poll(() => passwordOf(page).count()).toBe(0);
    const kept = await page.evaluate(() =>
      JSON.stringify([
        document.documentElement.outerHTML,
        [...document.querySelectorAll('input')].map(({ value }) => value),
        location.href,
        history.state,
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        document.cookie,
      ]),
    );
    expect(kept).not.toContain(password);
  });

  it('clears a wrong password, keeps the email, and leads to the password', async () => {
    const { page } = await signIn({ code: 'wrong_credentials' });
    const alert = page.getByRole('alert');
    await expect
      .poll(() => alert.innerText())
      .toBe('Email or password is not right.\n\nCheck both and try again.');
    expect(await emailOf(page).inputValue()).toBe(' anna@shop.example ');
    expect(await passwordOf(page).inputValue()).toBe('');
    expect(await passwordOf(page).getAttribute('aria-invalid')).toBe('true');
    expect(await passwordOf(page).evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it('keeps both where the network failed', async () => {
    const { page } = await signIn({ code: 'offline', host: 'auth.example', reason: 'refused' });
    await expect
      .poll(() => page.getByRole('alert').innerText())
      .toBe('No connection to auth.example.\n\nCheck the network and try again.');
    expect(await passwordOf(page).inputValue()).toBe(password);
  });

  it('can be cancelled, and keeps both', async () => {
    const { page, bridge } = await openForm();
    let cancelled: (() => void) | undefined;
    bridge.answers.signIn = () =>
      new Promise((answer) => {
        cancelled = () => answer({ ok: false, failure: { code: 'cancelled' } });
      });
    bridge.answers.cancelSignIn = () => {
      cancelled?.();
      return null;
    };
    await emailOf(page).fill('anna@shop.example');
    await passwordOf(page).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await passwordOf(page).inputValue()).toBe(password);
    expect(await page.getByRole('alert').textContent()).toBe('');
  });

  it('shows the password when asked, and dots again once it is sent', async () => {
    const { page } = await openForm();
    await passwordOf(page).fill(password);
    await page.getByRole('button', { name: 'Show password' }).click();
    expect(await passwordOf(page).getAttribute('type')).toBe('text');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.locator('input[type="text"][autocomplete="current-password"]').count()).toBe(0);
  });

  it('says that Caps Lock is on while the password is typed', async () => {
    const { page } = await openForm();
    await passwordOf(page).focus();
    await passwordOf(page).evaluate((field) =>
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', modifierCapsLock: true, bubbles: true })),
    );
    await page.getByText('Caps Lock is on.').waitFor();
  });

  it('tells the main process whether it holds text, and not for an email that was filled in', async () => {
    const { page, bridge } = await openForm(viewsOfFaces.needs_sign_in_over);
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(bridge.asked('formHoldsText')).toEqual([]);
    await passwordOf(page).fill('c');
    await passwordOf(page).fill('');
    await passwordOf(page).fill('c');
    await page.getByRole('button', { name: 'Back' }).click();
    await expect.poll(() => bridge.asked('formHoldsText')).toEqual([[true], [false], [true], [false]]);
  });

  it('says so where the main process refuses the request itself', async () => {
    const { page, bridge } = await openForm();
    bridge.answers.signIn = () => Promise.reject(new Error('refused'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Token Tray did not take this. Try again.').waitFor();
  });
});

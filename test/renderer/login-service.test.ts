import { describe, expect, it } from 'vitest';
import { firstView } from '../support/app-views.ts';
import { hasBrowser, useBrowserWindow } from './browser-window.ts';

const opened = useBrowserWindow();

async function openForm(): Promise<typeof opened.window> {
  await opened.window.show(firstView());
  return opened.window;
}

describe.skipIf(!hasBrowser)('the service of a sign-in', () => {
  it('is shown by its host, and changed by keyboard alone: address and kind', async () => {
    const { page, bridge } = await openForm();
    await page.locator('summary').focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Address').fill('https://auth.other.example/base');
    expect(await page.locator('summary strong').innerText()).toBe('auth.other.example');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => bridge.asked('signIn'))
      .toEqual([[{ username: '', password: '', service: 'https://auth.other.example/base', form: 'json' }]]);
  });

  it('is opened, with the address in hand, where the address is wrong', async () => {
    const { page, bridge } = await openForm();
    bridge.answers.signIn = () => ({
      ok: false,
      failure: { code: 'insecure_service', address: 'http://auth.example' },
    });
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The password would go to http://auth.example unencrypted').waitFor();
    await expect
      .poll(() => page.getByLabel('Address').evaluate((field) => field === document.activeElement))
      .toBe(true);
  });

  it('is opened beside the email where the email needs the other kind', async () => {
    const { page, bridge } = await openForm();
    bridge.answers.signIn = () => ({ ok: false, failure: { code: 'username_with_colon' } });
    await page.getByLabel('Email', { exact: true }).fill('anna:b');
    await page.keyboard.press('Enter');
    await page.getByText('Choose the other kind under Service.').waitFor();
    expect(await page.getByRole('radio', { name: 'JSON' }).isVisible()).toBe(true);
    const email = page.getByLabel('Email', { exact: true });
    expect(await email.evaluate((field) => field === document.activeElement)).toBe(true);
  });
});

describe.skipIf(!hasBrowser)('the help of the login form', () => {
  it('opens inside the window, and Esc leads back to what was typed', async () => {
    const { page, bridge } = await openForm();
    await page.getByLabel('Password', { exact: true }).fill('half a pass');
    await page.getByRole('button', { name: 'Trouble signing in?' }).click();
    await page.getByRole('dialog', { name: 'Trouble signing in?' }).waitFor();
    await page.getByText('Where my password goes').click();
    await page.getByText('your tools never see it').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('half a pass');
    expect(bridge.asked('hideWindow')).toEqual([]);
  });

  it('leaves Esc to the window otherwise', async () => {
    const { page, bridge } = await openForm();
    await page.keyboard.press('Escape');
    await expect.poll(() => bridge.asked('hideWindow')).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { firstView, viewOf } from '../support/app-views.ts';
import { settingsPage } from '../support/window-pages.ts';
import { hasBrowser, useBrowserWindow } from './browser-window.ts';

const opened = useBrowserWindow();

async function openSettings(view = viewOf()): Promise<typeof opened.window> {
  await opened.window.show(view);
  const { page } = opened.window;
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await page.getByRole('switch').first().waitFor();
  return opened.window;
}

describe.skipIf(!hasBrowser)('the settings', () => {
  it('send each choice at once, and show what is so then', async () => {
    const { page, bridge } = await openSettings();
    bridge.answers.getSettings = () => ({
      ...settingsPage,
      choices: { ...settingsPage.choices, alwaysFresh: true, appearance: 'dark' },
    });
    await page.getByRole('switch', { name: 'Always keep a fresh token' }).press('Space');
    await page.getByLabel('Appearance').selectOption('Dark');
    await page.getByLabel('Language').selectOption('العربية');
    await expect
      .poll(() => bridge.asked('choose'))
      .toEqual([
        [{ name: 'alwaysFresh', value: true }],
        [{ name: 'appearance', value: 'dark' }],
        [{ name: 'language', value: 'ar' }],
      ]);
    await expect.poll(() => page.getByLabel('Language').inputValue()).toBe('system');
    expect(await page.getByRole('switch', { name: 'Always keep' }).isChecked()).toBe(true);
  });

  it('say that a choice was not saved', async () => {
    const { page, bridge } = await openSettings();
    bridge.answers.choose = () => ({ ok: false, failure: { code: 'choice_not_saved' } });
    await page.getByLabel('Clear the clipboard after').selectOption('5 minutes');
    await page.getByRole('alert').getByText('could not be saved').waitFor();
  });

  it('take a port that is one, and leave the field by an empty one to the usual', async () => {
    const { page, bridge } = await openSettings();
    const port = page.getByLabel('Port for tools');
    for (const wrong of ['0', '65536', 'http', '-1', '1.5']) {
      await port.fill(wrong);
      await port.press('Enter');
      await page.getByText('A port is a number').waitFor();
    }
    await port.fill(' 50123 ');
    await port.press('Enter');
    await expect.poll(() => bridge.asked('choose')).toEqual([[{ name: 'port', value: 50_123 }]]);
    expect(await page.getByText('A port is a number').count()).toBe(0);
  });

  it('show the system’s own answer about a start at login', async () => {
    const { page, bridge } = await openSettings();
    const start = page.getByRole('switch', { name: 'Start when I sign in' });
    expect(await start.isChecked()).toBe(true);
    await start.click();
    await page.getByText('did not take the change').waitFor();
    expect(bridge.asked('startAtLogin')).toEqual([[false]]);
    await expect.poll(() => start.isChecked()).toBe(true);
  });

  it('check the set-up: what is to be mended first, each with its mend', async () => {
    const { page } = await openSettings();
    await page.getByRole('button', { name: 'Check the set-up' }).click();
    const first = page.getByRole('listitem').first();
    await first.getByText('chmod 700').waitFor();
    expect(await first.getByRole('img').getAttribute('aria-label')).toBe('To be mended');
    await page.getByText('One thing needs mending.').first().waitFor();
  });

  it('lead to the question of a sign-out, and know none before a sign-in', async () => {
    const { page } = await openSettings();
    await page.getByRole('button', { name: 'Sign out anna@warehouse.example…' }).click();
    await page.getByRole('dialog', { name: 'Sign out?' }).waitFor();
    await openSettings(firstView());
    expect(await page.getByText('Sign out').count()).toBe(0);
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('heading', { name: 'Sign in once' }).waitFor();
  });
});

import { describe, expect, it } from 'vitest';
import type { NewVersion } from '../../electron/contract/app-view.ts';
import { viewOf } from '../support/app-views.ts';
import { hasBrowser, useBrowserWindow } from './browser-window.ts';

const opened = useBrowserWindow();

function viewAt(step: NewVersion['step']) {
  return viewOf({ newVersion: { version: '1.3.0', way: 'install', step } });
}

describe.skipIf(!hasBrowser)('the notice of a newer version', () => {
  it('keeps the keyboard where it was while the button is away', async () => {
    const { window } = opened;
    await window.show(viewAt('there'));
    const { page, bridge } = window;
    await page.getByRole('button', { name: 'Get it' }).press('Enter');
    await expect.poll(() => bridge.asked('takeNewVersion')).toHaveLength(1);
    await bridge.tell(page, 'view', viewAt('fetching'));
    await page.getByText('Getting version 1.3.0…').waitFor();
    await bridge.tell(page, 'view', viewAt('ready'));
    await page.getByRole('button', { name: 'Restart with it' }).waitFor();
    await page.keyboard.press('Tab');
    const focused = page.getByRole('button', { name: 'Restart with it' });
    expect(await focused.evaluate((button) => button === document.activeElement)).toBe(true);
  });
});

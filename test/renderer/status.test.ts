import { describe, expect, it } from 'vitest';
import shared from '../../electron/contract/locales/en.json' with { type: 'json' };
import { faceNames, statusFace } from '../../electron/contract/status-face.ts';
import { seenAt, viewOf, viewsOfFaces } from '../support/app-views.ts';
import { hasBrowser, useBrowserWindow } from './browser-window.ts';

const minute = 60_000;
const opened = useBrowserWindow();

async function openStatus(view = viewOf()): Promise<typeof opened.window> {
  await opened.window.show(view);
  return opened.window;
}

describe.skipIf(!hasBrowser)('the status', () => {
  it('has title and buttons of each situation', async () => {
    const { page, bridge } = await openStatus();
    for (const name of faceNames) {
      await bridge.tell(page, 'view', viewsOfFaces[name]);
      const title = shared.face[name].title.split('{')[0] ?? '';
      await page.locator('h1', { hasText: title.trim() }).waitFor();
      const { actions } = statusFace(viewsOfFaces[name], seenAt);
      const buttons = await page.locator('.actions button').allInnerTexts();
      expect([name, ...buttons]).toEqual([name, ...actions.map((action) => shared.action[action])]);
      expect(await page.locator('main').innerText()).not.toMatch(/[{}|]|\bundefined\b/);
    }
  });

  it('names times by this computer’s clock, and why a sign-in could not be saved', async () => {
    const { page, bridge } = await openStatus(viewsOfFaces.paused);
    await page.getByText('Tools are paused until 11:40.').waitFor();
    await bridge.tell(page, 'view', viewsOfFaces.not_saved);
    await page.getByText('The sign-in could not be saved: the disk is full.').waitFor();
    await page.getByText('Free some space; Token Tray keeps trying while it is open.').waitFor();
  });

  it('counts the minutes down, and says ten, two and none alone', async () => {
    const { page } = await openStatus(viewOf({ expiresAt: seenAt + 10 * minute + 1_500 }));
    const timer = page.getByRole('timer');
    const said = page.locator('#app > [role="status"]');
    expect(await timer.innerText()).toMatch(/^11\s+minutes left$/);
    await page.clock.runFor(3_000);
    await expect.poll(() => said.innerText()).toBe('10 minutes left.');
    await page.clock.runFor(5 * minute);
    await expect.poll(() => timer.innerText()).toMatch(/^5\s/);
    expect(await said.innerText()).toBe('10 minutes left.');
    await page.clock.runFor(3 * minute);
    await expect.poll(() => said.innerText()).toBe('2 minutes left.');
    await page.clock.runFor(minute);
    await expect.poll(() => timer.innerText()).toMatch(/^1\s+minute left$/);
    await page.clock.runFor(minute);
    await expect.poll(() => said.innerText()).toBe('The token’s time is over.');
  });

  it('stands still for people who want less motion', async () => {
    const { page, bridge } = await openStatus(viewsOfFaces.renewing);
    const running = () =>
      page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
    expect(await running()).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await bridge.tell(page, 'view', viewsOfFaces.signing_in);
    await expect.poll(running).toBe(0);
    await page.emulateMedia({ reducedMotion: null });
  });

  it('copies, shows what is under way, and counts until the copy leaves the clipboard', async () => {
    const { page, bridge } = await openStatus();
    let done: (() => void) | undefined;
    bridge.answers.copyToken = () =>
      new Promise((answer) => {
        done = () => answer({ ok: true, value: null });
      });
    await page.getByText('Leaves the clipboard after 60 seconds').waitFor();
    await page.getByRole('button', { name: 'Copy token' }).press('Enter');
    await expect.poll(() => bridge.asked('copyToken')).toHaveLength(1);
    await page.clock.runFor(300);
    await page.getByRole('progressbar', { name: 'Getting a new one…' }).waitFor();
    await page.getByRole('button', { name: 'Getting a new one…' }).press('Enter');
    const copied = { worksUntil: seenAt + 32 * minute, leavesAt: seenAt + minute };
    await bridge.tell(page, 'view', viewOf({ copied }));
    done?.();
    await page.getByText('Copied. Works until 10:42; leaves the clipboard in 60 s').waitFor();
    await page.clock.runFor(20_000);
    await page.getByText('Copied. Works until 10:42; leaves the clipboard in 40 s').waitFor();
    await page.clock.runFor(41_000);
    await page.getByText('Leaves the clipboard after 60 seconds').waitFor();
    expect(bridge.asked('copyToken')).toHaveLength(1);
    // Read out once, as it stood when it was copied.
    expect(await page.locator('#app > [role="status"]').innerText()).toMatch(/^Copied\. .* 60 seconds\.$/);
  });

  it('says why there was no copy, until the next thing is asked', async () => {
    const { page, bridge } = await openStatus();
    bridge.answers.copyToken = () => ({
      ok: false,
      failure: { code: 'budget_exhausted', retryAfterSeconds: 32 * 60 },
    });
    await page.getByRole('button', { name: 'Copy token' }).click();
    const alert = page.getByRole('alert');
    await expect
      .poll(() => alert.textContent())
      .toBe('Enough new tokens for now; this protects the account. Try again at 10:42.');
    bridge.answers.copyToken = () => ({ ok: true, value: null });
    await page.getByRole('button', { name: 'Copy token' }).click();
    await expect.poll(() => alert.textContent()).toBe('');
  });

  it.each([
    ['offline_over', 'Try now', 'renewNow'],
    ['locked', 'Try again', 'tryAgain'],
    ['locked_restart', 'Restart Token Tray', 'restart'],
    ['paused', 'Resume', 'resumeTools'],
  ] as const)('in %s, “%s” asks for %s', async (face, button, request) => {
    const { page, bridge } = await openStatus(viewsOfFaces[face]);
    await page.getByRole('button', { name: button }).click();
    await expect.poll(() => bridge.asked(request)).toHaveLength(1);
  });

  it('hides on Esc', async () => {
    const { page, bridge } = await openStatus();
    await page.keyboard.press('Escape');
    await expect.poll(() => bridge.asked('hideWindow')).toHaveLength(1);
  });

  it('has the colours that were chosen, else the system’s', async () => {
    const { page, bridge } = await openStatus();
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(await ground()).toBe('rgb(251, 251, 253)');
    await bridge.tell(page, 'view', viewOf({ appearance: 'dark' }));
    await expect.poll(ground).toBe('rgb(22, 24, 31)');
    await page.emulateMedia({ colorScheme: 'dark' });
    await bridge.tell(page, 'view', viewOf({ appearance: 'light' }));
    await expect.poll(ground).toBe('rgb(251, 251, 253)');
    await bridge.tell(page, 'view', viewOf());
    await expect.poll(ground).toBe('rgb(22, 24, 31)');
    await page.emulateMedia({ colorScheme: null });
  });
});

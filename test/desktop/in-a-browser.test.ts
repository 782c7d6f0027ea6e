import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchDesktopSample } from '../support/desktop-sample.ts';
import { canLaunchApp } from '../support/launch-app.ts';
import type { LaunchedApp } from '../support/launched-app.ts';

describe.runIf(canLaunchApp)('the desktop room in a real browser', () => {
  let app: LaunchedApp;
  beforeAll(async () => {
    app = await launchDesktopSample();
  });
  afterAll(() => app[Symbol.asyncDispose]());

  it('R02 R03 R04 R06 R08 a page runs, stays where it is, and reaches nothing', async () => {
    const page = await app.window();
    await expect.poll(() => page.title()).toBe('Desktop runs');
    const address = page.url();

    expect(await page.evaluate('attempts()')).toEqual({
      inline: 'Desktop runs',
      own: 'blocked',
      elsewhere: 'blocked',
      script: 'blocked',
      image: 'blocked',
      code: 'blocked',
      geolocation: 'denied',
      worker: 'blocked',
    });

    for (const target of [
      'https://evil.example/',
      'other.html',
      'data:text/html,evil',
      'file:///etc/passwd',
    ]) {
      await page.evaluate(`location.href = ${JSON.stringify(target)}; undefined`);
    }
    expect(await page.title()).toBe('Desktop runs');
    expect(page.url()).toBe(address);
    expect(await app.control('windows.list')).toHaveLength(1);
    expect(await app.control('shell.opened')).toEqual([]);
  });

  it('R10 R12 R13 the window is sealed off, goes ten minutes after it was hidden, and comes back after a crash', async () => {
    await app.window();
    const [first] = await app.control('windows.list');
    expect(first?.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      devTools: false,
    });

    await app.control('windows.close', first?.id ?? 0);
    await expect.poll(() => app.control('windows.list')).toEqual([]);
    await app.control('app.activate');
    const page = await app.window();
    await expect.poll(() => page.title()).toBe('Desktop runs');

    const [second] = await app.control('windows.list');
    expect(second?.id).not.toBe(first?.id);
    await app.control('windows.crash', second?.id ?? 0);
    await expect.poll(() => app.control('windows.list')).toEqual([]);
    await app.control('app.secondInstance', ['token-tray'], '/', {});
    await expect.poll(async () => (await app.window()).title()).toBe('Desktop runs');
  });

  it('C01 a token is on the clipboard with its mark, in one write', async () => {
    await expect
      .poll(() => app.control('clipboard.read'))
      .toEqual({
        'text/plain': 'a token',
        'electron application/osclipboard;format="x-kde-passwordManagerHint"': 'secret',
      });
  });
});

import { describe, expect, it } from 'vitest';
import { hasBrowser } from '../electron-host/sample-app.ts';
import { AttackedApp } from '../support/attacked-app.ts';

const scripted = `<img src=x onerror=document.title='owned'>{{7*7}}&amp;@\u202Eevil`;

describe.runIf(hasBrowser)('the tray app on a desktop that refuses it things', () => {
  it('R01 C04 G02 G03 G06 shows a hostile name as it is, says what was not copied, and stays until it is told to quit', async () => {
    await using attacked = await AttackedApp.start({
      serviceIs: { users: { [scripted]: 'p' } },
      computer: { notifications: 'refused' },
    });
    const { app, authService } = attacked;
    const page = await attacked.signIn({ username: scripted, password: 'p' });
    // R01
    await page.getByText(scripted, { exact: true }).first().waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('Token Tray');

    // C04
    await app.control('clipboard.refuse', true);
    await page.getByRole('button', { name: 'Copy token' }).click();
    await page.getByText('did not take', { exact: false }).first().waitFor();
    expect(await app.control('clipboard.read')).toEqual({});
    await app.control('clipboard.refuse', false);

    // G06: a session that ends is a notification, which nobody may show here; the window says it all the same.
    authService.expire('all');
    await attacked.fetch('/v1/token/renew', {
      method: 'POST',
      body: JSON.stringify({ rejected: await attacked.token() }),
    });
    await expect.poll(() => attacked.state()).toBe('needs_sign_in');
    expect(await app.control('notifications.list')).toEqual([]);

    // G03, G02
    const [window] = await app.control('windows.list');
    const shown = async () => (await app.control('windows.list')).map(({ visible }) => visible);
    await app.control('windows.close', window?.id ?? 0);
    expect(await shown()).toEqual([false]);
    expect(await attacked.state()).toBe('needs_sign_in');
    await app.control('app.activate');
    expect(await shown()).toEqual([true]);
    await app.control('windows.close', window?.id ?? 0);
    await app.control('app.secondInstance', ['token-tray'], '/', null);
    expect(await shown()).toEqual([true]);
    await app.control('windows.close', window?.id ?? 0);
    const quit = (await app.control('tray.look'))?.menu?.at(-1)?.label ?? '';
    await app.control('menu.click', [quit], 'tray');
    expect(await app.ended()).toBe(0);
    expect(app.output).not.toMatch(/\n\s+at /);
  });
});

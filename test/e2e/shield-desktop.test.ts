import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { hasBrowser } from '../electron-host/sample-app.ts';
import { AttackedApp } from '../support/attacked-app.ts';
import { appFolders } from '../support/launch-app.ts';

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

  it('V07 V08 waits for a locked key store, and keeps what another one’s key does not open', async () => {
    await using authService = await startAuthService();
    await using folders = await appFolders();
    const vault = join(folders.home, 'vault.safe-storage.json');
    {
      await using first = await AttackedApp.start({ authService, folders });
      await first.signIn();
      await first.app.end();
    }
    const sealed = readFileSync(vault);
    {
      await using locked = await AttackedApp.start({
        authService,
        folders,
        computer: { keyStore: 'locked' },
      });
      await expect.poll(() => locked.state()).toBe('locked');
      expect(await locked.token()).toBe('locked');
      expect(readFileSync(vault)).toEqual(sealed);
      await locked.app.control('keyStore.set', 'protected');
      await locked.app.control('power.emit', 'resume');
      await expect.poll(() => locked.state()).toBe('active');
      expect(readFileSync(vault)).toEqual(sealed);
      await locked.app.end();
    }
    await using other = await AttackedApp.start({
      authService,
      folders,
      computer: { keyStore: 'other-key' },
    });
    await expect.poll(() => other.state()).toBe('needs_sign_in');
    expect(readFileSync(vault)).toEqual(sealed);
    await (await other.page()).getByRole('button', { name: 'Sign in' }).first().click();
    await other.signIn();
    const kept = readdirSync(folders.home).filter((name) => name.includes('.undecryptable-'));
    expect(kept.map((name) => readFileSync(join(folders.home, name)))).toContainEqual(sealed);
  });
});

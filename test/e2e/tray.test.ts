import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requestChannels } from '../../electron/contract/bridge.ts';
import { startAuthService } from '../auth-service/auth-service.ts';
import { appFolders, canLaunchApp, launchApp } from '../support/launch-app.ts';
import type { LaunchedApp } from '../support/launched-app.ts';
import { demo } from '../support/state-row.ts';
import { choose, signInAt, startApp } from '../support/tray-person.ts';

async function copied(app: LaunchedApp): Promise<string> {
  return (await app.control('clipboard.read'))['text/plain'] ?? '';
}

describe.runIf(canLaunchApp)('the tray of the running app', () => {
  // That a copy which a crash left behind is gone after the next start: shield-full-run.test.ts.
  it('C01 C03 G01 T14 copies with a mark, shows and hides the window by a click on the icon, keeps what a person copied since, takes its copy back, waits for the panel at login', async () => {
    await using service = await startAuthService();
    await using folders = await appFolders();
    {
      await using app = await startApp(service, { folders });
      await signInAt(app);
      await expect
        .poll(async () => (await app.control('tray.look'))?.tooltip)
        .toBe(`${demo.username} · 45 min left`);
      await choose(app, 'Copy token');
      await expect.poll(() => copied(app)).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
      expect(await app.control('clipboard.read')).toMatchObject({
        'electron application/osclipboard;format="x-kde-passwordManagerHint"': 'secret',
      });
      await app.control('clipboard.write', 'a shopping list');
      await app.end('SIGKILL');
    }
    {
      await using app = await startApp(service, { folders });
      await (await app.window()).getByRole('button', { name: 'Copy token' }).waitFor();
      expect(await copied(app)).toBe('a shopping list');
      await choose(app, 'Copy token');
      await expect.poll(() => copied(app)).toMatch(/^ey/);
      // T14: on Linux the host's `Activate`.
      await app.control('tray.event', 'click', { x: 0, y: 0 });
      await expect.poll(async () => (await app.control('windows.list'))[0]?.visible).toBe(false);
      await app.control('tray.event', 'click', { x: 0, y: 0 });
      await expect.poll(async () => (await app.control('windows.list'))[0]?.visible).toBe(true);
      expect(await app.end()).toBe(0);
    }
    await using app = await startApp(service, {
      folders,
      computer: { trayHost: false },
      args: ['--hidden'],
    });
    expect(await copied(app)).toBe('');
    expect(await app.control('tray.look')).toBeNull();
    await app.control('tray.host', true);
    await expect.poll(async () => (await app.control('tray.look'))?.tooltip).toContain(demo.username);
    expect(await app.control('windows.list')).toEqual([]);
  });

  it('G01 T15 without a place for icons the window shows and is minimised by its close button; the icon comes when it can; a checkout starts at login by an entry of its own', async () => {
    await using app = await launchApp({ computer: { trayHost: false } });
    await app.window();
    if (process.platform === 'linux') {
      await app.control('ipc.invoke', { windowId: 1 }, requestChannels.startAtLogin, [true]);
      const autostart = join(app.folders.root, 'config/autostart');
      expect(await readdir(autostart)).toEqual(['token-tray-checkout.desktop']);
      const entry = await readFile(join(autostart, 'token-tray-checkout.desktop'), 'utf8');
      expect(entry).toMatch(/^Exec="\/.+" "\/.+" "--hidden"$/m);
    }
    expect(await app.control('tray.look')).toBeNull();
    const [window] = await app.control('windows.list');
    expect(window).toMatchObject({ skipTaskbar: false, minimized: false });
    await app.control('windows.close', window?.id ?? 0);
    await expect.poll(async () => (await app.control('windows.list'))[0]?.minimized).toBe(true);
    await app.control('tray.host', true);
    await expect.poll(async () => (await app.control('tray.look'))?.tooltip).toBe('Not signed in');
  });
});

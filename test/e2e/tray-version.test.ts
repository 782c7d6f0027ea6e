import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appFolders, canLaunchApp, launchApp } from '../support/launch-app.ts';

/** Real Electron is packaged or not, and a test has no say in it. */
const standIn = canLaunchApp && process.env['TOKEN_TRAY_E2E'] !== 'electron';

describe.skipIf(!standIn)('a packaged app that has found a newer version', () => {
  it('says so in menu and window, leads to its page, and does neither once nobody wants to know', async () => {
    await using folders = await appFolders();
    const page = 'https://releases.example/tray';
    await writeFile(join(folders.root, 'app-update.yml'), `provider: generic\nurl: ${page}\n`);
    const choices = { newVersionFound: '9.9.9', newVersionLookedAt: Date.now() };
    await writeFile(join(folders.home, 'settings.json'), JSON.stringify(choices));
    const computer = { packaged: true, resources: folders.root };
    {
      await using app = await launchApp({ folders, computer, service: 'http://127.0.0.1:9' });
      const window = await app.window();
      await window.getByText('Version 9.9.9 is there.').waitFor();
      const labels = async () => (await app.control('tray.look'))?.menu?.map(({ label }) => label) ?? [];
      await expect.poll(labels).toContain('Version 9.9.9 is there…');
      await window.getByRole('button', { name: 'Open its page' }).click();
      await expect.poll(() => app.control('shell.opened')).toEqual([page]);
      await window.getByRole('button', { name: 'Settings' }).click();
      await window.getByRole('switch', { name: 'Look for new versions' }).click();
      await expect.poll(() => window.getByText('Version 9.9.9 is there.').count()).toBe(0);
      await expect.poll(labels).not.toContain('Version 9.9.9 is there…');
    }
  });
});

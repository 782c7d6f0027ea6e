import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { appFolders, canLaunchApp, launchApp } from '../support/launch-app.ts';

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Email', { exact: true }).fill('demo@example.com');
  await page.getByLabel('Password', { exact: true }).fill('correct horse');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: 'Copy token' }).waitFor();
}

async function vaultFiles(home: string): Promise<string[]> {
  return (await readdir(home)).filter((name) => name.startsWith('vault.'));
}

describe.runIf(canLaunchApp)('the key store under the tray app', () => {
  it('V10 without one nothing is written, until the person keeps it all the same; that outlives a restart', async () => {
    await using service = await startAuthService();
    await using folders = await appFolders();
    const start = () => launchApp({ service: service.url, folders, computer: { keyStore: 'obfuscation' } });
    {
      await using app = await start();
      const page = await app.window();
      await signIn(page);
      expect(await vaultFiles(folders.home)).toEqual([]);
      await page.getByRole('button', { name: 'Keep it all the same' }).click();
      await expect.poll(() => vaultFiles(folders.home)).toContain('vault.safe-storage.json');
      expect(await readFile(join(folders.home, 'vault.safe-storage.json'), 'utf8')).toContain('"key": "v10:');
      await app.end();
    }
    await using app = await start();
    await (await app.window()).getByRole('button', { name: 'Copy token' }).waitFor();
    expect(service.stats()).toMatchObject({ logins: 1, refreshes: 0 });
  });
});

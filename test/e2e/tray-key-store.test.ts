import { readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { relaunchedApp } from '../support/app-in-stand-in.ts';
import { appFolders, canLaunchApp, launchApp } from '../support/launch-app.ts';
import type { LaunchedApp } from '../support/launched-app.ts';
import {
  ask,
  expectSituation,
  signInAt,
  startApp,
  statusOf,
  tokenInTerminal,
} from '../support/tray-person.ts';

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Email', { exact: true }).fill('demo@example.com');
  await page.getByLabel('Password', { exact: true }).fill('correct horse');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: 'Copy token' }).waitFor();
}

async function vaultFiles(home: string): Promise<string[]> {
  return (await readdir(home)).filter((name) => name.startsWith('vault.'));
}

/** The token that a tool gets, or the code of why it gets none. */
async function tokenOf(app: LaunchedApp): Promise<string> {
  const answer = (await (await ask(app, '/v1/token')).json()) as { access_token?: string; code?: string };
  return answer.access_token ?? answer.code ?? 'neither token nor code';
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

  it('T10 T11 T23 V07 V08 V11 V12 waits for a prompt and for a locked key store, and keeps what another one’s key does not open', async () => {
    await using service = await startAuthService();
    await using folders = await appFolders();
    const vault = join(folders.home, 'vault.safe-storage.json');
    let token: string;
    {
      await using app = await startApp(service, { folders });
      await signInAt(app);
      token = await tokenOf(app);
      await app.end();
    }
    const sealed = readFileSync(vault);
    {
      // V12: window and endpoint are there while the prompt is open.
      await using app = await startApp(service, { folders, computer: { keyStore: 'prompting' } });
      const page = await app.window();
      await expectSituation(
        { app, page },
        {
          state: 'locked',
          title: 'This computer’s key store is locked.',
          detail: 'Unlock it to go on.',
          button: 'Try again',
          line: 'demo@example.com · This computer’s key store is locked.',
        },
      );
      expect(await tokenInTerminal(app)).toMatchObject({ exitCode: 1, stdout: '' });
      await app.control('keyStore.set', 'protected');
      await page.getByRole('heading', { name: 'Signed in.' }).waitFor();
      expect(await tokenOf(app)).toBe(token);
      expect(service.stats()).toMatchObject({ logins: 1, refreshes: 0 });
      await app.end();
    }
    {
      // T10 T11: the prompt was dismissed. What it sealed stays, and a restart of the app opens it.
      await using app = await startApp(service, { folders, computer: { keyStore: 'locked' } });
      const page = await app.window();
      const locked = 'This computer’s key store is locked.';
      const situation = {
        state: 'locked',
        title: locked,
        detail: 'Unlock it, then restart Token Tray.',
        button: 'Restart Token Tray',
        line: `demo@example.com · ${locked}`,
      } as const;
      await expectSituation({ app, page }, situation);
      expect(await (await ask(app, '/v1/token')).json()).toMatchObject({
        code: 'locked',
        detail: `${locked} Unlock it, then restart Token Tray.`,
      });
      await app.control('keyStore.set', 'protected');
      // In this process the key store is not asked again.
      await app.control('power.emit', 'resume');
      await expectSituation({ app, page }, situation);
      expect(readFileSync(vault)).toEqual(sealed);
      await page.getByRole('button', { name: 'Restart Token Tray' }).click();
      expect([await app.ended(), app.output]).toEqual([0, '']);
      await using next = await relaunchedApp(folders);
      await (await next.window()).getByRole('heading', { name: 'Signed in.' }).waitFor();
      expect(await tokenOf(next)).toBe(token);
      expect(readFileSync(vault)).toEqual(sealed);
      expect(service.stats()).toMatchObject({ logins: 1, refreshes: 0 });
      await next.end();
    }
    {
      // T23 V11: no key store on the bus at all is another desktop.
      await using app = await startApp(service, { folders, computer: { keyStore: 'obfuscation' } });
      await (await app.window()).getByText('Another kind of key store sealed the stored sessions.').waitFor();
      const { menu } = (await app.control('tray.look')) ?? {};
      expect(menu?.map(({ label }) => label)).toContain('Stored sessions belong to another key store…');
      expect(app.output).toContain('another kind of key store');
      expect(readFileSync(vault)).toEqual(sealed);
      await app.end();
    }
    await using app = await startApp(service, { folders, computer: { keyStore: 'other-key' } });
    await expect.poll(async () => (await statusOf(app)).state).toBe('needs_sign_in');
    expect(readFileSync(vault)).toEqual(sealed);
    await (await app.window()).getByRole('button', { name: 'Sign in' }).first().click();
    await signInAt(app);
    const kept = readdirSync(folders.home).filter((name) => name.includes('.undecryptable-'));
    expect(kept.map((name) => readFileSync(join(folders.home, name)))).toContainEqual(sealed);
  });
});

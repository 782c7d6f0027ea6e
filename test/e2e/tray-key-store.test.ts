import { readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import type { KeyStoreState } from '../electron-host/control/settings.ts';
import { relaunchedApp } from '../support/app-in-stand-in.ts';
import { appFolders, launchApp, launchesStandIn } from '../support/launch-app.ts';
import type { AppFolders, LaunchedApp } from '../support/launched-app.ts';
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

describe.runIf(launchesStandIn)('the key store under the tray app', () => {
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

describe.runIf(launchesStandIn)('sessions that a key store sealed', () => {
  const shared = new AsyncDisposableStack();
  const line = 'This computer’s key store is locked.';
  const locked = { state: 'locked', title: line, line: `demo@example.com · ${line}` } as const;
  let service: AuthService;
  let folders: AppFolders;
  let vault: string;
  let token: string;
  let sealed: Buffer;

  function startWith(keyStore: KeyStoreState): Promise<LaunchedApp> {
    return startApp(service, { folders, computer: { keyStore } });
  }

  async function expectPrompting(app: LaunchedApp): Promise<Page> {
    const page = await app.window();
    await expectSituation({ app, page }, { ...locked, detail: 'Unlock it to go on.', button: 'Try again' });
    return page;
  }

  async function expectOpened(app: LaunchedApp): Promise<void> {
    await (await app.window()).getByRole('heading', { name: 'Signed in.' }).waitFor();
    expect(await tokenOf(app)).toBe(token);
    expect(service.stats()).toMatchObject({ logins: 1, refreshes: 0 });
    expect(readFileSync(vault)).toEqual(sealed);
  }

  beforeAll(async () => {
    service = shared.use(await startAuthService());
    folders = shared.use(await appFolders());
    vault = join(folders.home, 'vault.safe-storage.json');
    await using app = await startWith('protected');
    await signInAt(app);
    token = await tokenOf(app);
    await app.end();
    sealed = readFileSync(vault);
  });
  afterAll(() => shared.disposeAsync());

  it('V12 are waited for at a prompt, with window and endpoint there meanwhile', async () => {
    await using app = await startWith('prompting');
    await expectPrompting(app);
    expect(await tokenInTerminal(app)).toMatchObject({ exitCode: 1, stdout: '' });
    await app.control('keyStore.set', 'protected');
    await expectOpened(app);
    await app.end();
  });

  it('T10 T11 V07 V12 stay locked after a dismissed prompt, and open in the app that one button restarts', async () => {
    await using app = await startWith('prompting');
    const page = await expectPrompting(app);
    await app.control('keyStore.set', 'locked');
    // It tries again by itself too: then the button has gone before it is pressed.
    await page
      .getByRole('button', { name: 'Try again' })
      .click({ timeout: 5_000 })
      .catch(() => undefined);
    const detail = 'Unlock it, then restart Token Tray.';
    const situation = { ...locked, detail, button: 'Restart Token Tray' };
    await expectSituation({ app, page }, situation);
    expect(await (await ask(app, '/v1/token')).json()).toMatchObject({
      code: 'locked',
      detail: `${line} ${detail}`,
    });
    await app.control('keyStore.set', 'protected');
    // In this process the key store is not asked again.
    await app.control('power.emit', 'resume');
    await expectSituation({ app, page }, situation);
    await page.getByRole('button', { name: 'Restart Token Tray' }).click();
    expect([await app.ended(), app.output]).toEqual([0, '']);
    await using next = await relaunchedApp(folders);
    await expectOpened(next);
    await next.end();
  });

  it('T23 V08 V11 stay as they are on a desktop without a key store, and where its key is another one', async () => {
    {
      await using app = await startWith('obfuscation');
      await (await app.window()).getByText('Another kind of key store sealed the stored sessions.').waitFor();
      const { menu } = (await app.control('tray.look')) ?? {};
      expect(menu?.map(({ label }) => label)).toContain('Stored sessions belong to another key store…');
      await expect.poll(() => app.output).toContain('another kind of key store');
      expect(readFileSync(vault)).toEqual(sealed);
      await app.end();
    }
    await using app = await startWith('other-key');
    await expect.poll(async () => (await statusOf(app)).state).toBe('needs_sign_in');
    expect(readFileSync(vault)).toEqual(sealed);
    await (await app.window()).getByRole('button', { name: 'Sign in' }).first().click();
    await signInAt(app);
    const kept = readdirSync(folders.home).filter((name) => name.includes('.undecryptable-'));
    expect(kept.map((name) => readFileSync(join(folders.home, name)))).toContainEqual(sealed);
  });
});

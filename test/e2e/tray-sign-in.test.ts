import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { loginPath, refreshPath } from '../auth-service/routes.ts';
import { appFolders, canLaunchApp } from '../support/launch-app.ts';
import { demo } from '../support/state-row.ts';
import {
  ask,
  choose,
  chooseMore,
  signInAt,
  startApp,
  statusOf,
  tokenInTerminal,
  typeSignIn,
} from '../support/tray-person.ts';

const bea = { username: 'bea@example.com', password: 'battery staple' };

describe.runIf(canLaunchApp)('a sign-in at the window', () => {
  it('S19 S20 wrong, cancelled, offline: what was right stays; a sign-out during a renewal brings nothing back', async () => {
    let held = Promise.withResolvers<undefined>();
    await using service = await startAuthService({ wait: () => held.promise });
    await using app = await startApp(service);
    const page = await app.window();
    const email = page.getByRole('textbox', { name: 'Email' });
    const password = page.getByLabel('Password', { exact: true });
    const said = page.getByRole('alert');

    await typeSignIn(page, { ...demo, password: 'wrong horse' });
    await said.getByText('Email or password is not right.').waitFor();
    await said.getByText('Check both and try again.').waitFor();
    await password.and(page.locator(':focus')).waitFor();
    expect([await email.inputValue(), await password.inputValue()]).toEqual([demo.username, '']);
    expect(service.received(loginPath)).toBe(1);
    expect(service.stats()).toMatchObject({ logins: 0, rejectedLogins: 1 });

    service.fault({ path: loginPath, times: 1, delayMs: 1 });
    await typeSignIn(page);
    await expect.poll(() => service.received(loginPath)).toBe(2);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    expect([await email.inputValue(), await password.inputValue()]).toEqual([demo.username, demo.password]);
    expect(await said.isVisible()).toBe(false);
    held.resolve(undefined);
    await expect.poll(() => service.stats().logins).toBe(1);
    expect((await statusOf(app)).state).toBe('signed_out');

    await password.press('Enter');
    await page.getByRole('heading', { name: 'Signed in.' }).waitFor();
    // The answer that nobody waited for any more counts all the same.
    expect((await statusOf(app)).budget.used).toBe(2);

    held = Promise.withResolvers();
    service.fault({ path: refreshPath, times: 1, delayMs: 1 });
    await choose(app, 'Renew now');
    await expect.poll(() => service.received(refreshPath)).toBe(1);
    await choose(app, 'Sign out…');
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in once' }).waitFor();
    held.resolve(undefined);
    await expect.poll(() => service.stats().refreshes).toBe(1);
    // The next sign-in waits for the answer that is dropped; this one finds nobody to ask.
    await service.close();
    await typeSignIn(page);
    await said.getByText(`No connection to 127.0.0.1:${service.port}.`).waitFor();
    expect([await email.inputValue(), await password.inputValue()]).toEqual([demo.username, demo.password]);
    expect((await statusOf(app)).state).toBe('signed_out');
    expect(await tokenInTerminal(app)).toMatchObject({ exitCode: 3, stdout: '' });
    expect(readFileSync(join(app.folders.home, 'vault.safe-storage.json'), 'utf8')).not.toContain(
      demo.username,
    );
  });

  it('T05 a second account: the window shows it, tools keep the first; a pause, also by a locked screen', async () => {
    const users = { [demo.username]: demo.password, [bea.username]: bea.password };
    await using service = await startAuthService({ users });
    await using folders = await appFolders();
    writeFileSync(join(folders.home, 'settings.json'), '{"pauseOnScreenLock":true}', { mode: 0o600 });
    await using app = await startApp(service, { folders });
    const page = await signInAt(app);
    const tools = async () =>
      (await (await ask(app, '/v1/token')).json()) as { account?: string; code?: string };

    await page.getByRole('button', { name: /^Account shown/ }).click();
    await page.getByRole('menuitem', { name: 'Add an account…' }).click();
    await page.getByRole('heading', { name: 'Add an account' }).waitFor();
    await typeSignIn(page, bea);
    await page.getByRole('button', { name: `Account shown ${bea.username}` }).waitFor();
    await page.getByRole('heading', { name: 'Signed in.' }).waitFor();
    await expect.poll(async () => (await app.control('tray.look'))?.tooltip).toContain(bea.username);
    expect(await tools()).toMatchObject({ account: demo.username });
    expect((await statusOf(app)).accounts).toEqual([
      { account: demo.username, state: 'active', default: true },
      { account: bea.username, state: 'active', default: false },
    ]);

    await chooseMore(page, 'Pause tools for an hour');
    await page.getByRole('heading', { name: /^Tools are paused until/ }).waitFor();
    expect(await tools()).toMatchObject({ code: 'paused' });
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('heading', { name: 'Signed in.' }).waitFor();
    expect(await tools()).toMatchObject({ account: demo.username });

    // Electron on Linux says nothing of the screen.
    await app.control('power.emit', 'lock-screen');
    const whileLocked = process.platform === 'linux' ? { account: demo.username } : { code: 'paused' };
    expect(await tools()).toMatchObject(whileLocked);
    await app.control('power.emit', 'unlock-screen');
    expect(await tools()).toMatchObject({ account: demo.username });

    // Renewed for the account that is shown, and for no other.
    await choose(app, 'Renew now');
    await expect.poll(async () => (await statusOf(app, bea.username)).last_renewal?.cause).toBe('person');
    expect((await statusOf(app)).last_renewal).toMatchObject({ cause: 'sign_in' });
    await choose(app, 'Renew now');
    await expect.poll(() => service.received(refreshPath)).toBe(2);
    await page.getByRole('heading', { name: 'Signed in.' }).waitFor();
    // What cannot be done is told where it can be read, though the window was put away.
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await app.control('windows.list'))[0]?.visible).toBe(false);
    await choose(app, 'Renew now');
    await app.window();
    await page.getByRole('alert').getByText('Enough new tokens for now').waitFor();
    expect(service.received(refreshPath)).toBe(2);
    await choose(app, 'Copy token');
    await page.getByText(/^Copied\. .*\ss$/).waitFor();

    // The place that a menu's line is about, in a window that was put away.
    await page.keyboard.press('Escape');
    await choose(app, 'Sign out…');
    await page.getByRole('dialog', { name: 'Sign out?' }).getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: `Account shown ${demo.username}` }).waitFor();
    expect((await statusOf(app)).accounts).toMatchObject([{ account: demo.username }]);
    await expect.poll(() => app.control('clipboard.read')).toEqual({});
  });
});

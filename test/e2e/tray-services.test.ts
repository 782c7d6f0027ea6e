import { describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { loginPath } from '../auth-service/routes.ts';
import type { LaunchedApp } from '../support/launched-app.ts';
import { demo } from '../support/state-row.ts';
import { choose, signInAt, startApp, statusOf, typeSignIn } from '../support/tray-person.ts';

const bea = { username: 'bea@example.com', password: 'battery staple' };

async function addAccount(app: LaunchedApp) {
  const page = await app.window();
  await page.getByRole('button', { name: /^Account shown/ }).click();
  await page.getByRole('menuitem', { name: 'Add an account…' }).click();
  await page.getByRole('heading', { name: 'Add an account' }).waitFor();
  return page;
}

describe('accounts of two services', () => {
  it('T05 a password goes to the service that the form shows, in the kind that it shows, and to no other', async () => {
    const users = { [demo.username]: demo.password, [bea.username]: bea.password };
    await using usual = await startAuthService({ users });
    await using other = await startAuthService({ users });
    await using app = await startApp(usual);
    await signInAt(app);
    expect(usual.received(loginPath)).toBe(1);

    // The same user name at the other service, by the other kind of sign-in.
    const page = await addAccount(app);
    await page.locator('summary').click();
    await page.getByLabel('Address').fill(`${other.url}/`);
    await page.getByRole('radio', { name: 'JSON' }).check();
    await typeSignIn(page);
    const account = `${demo.username}|127.0.0.1:${other.port}`;
    await page.getByText(`at 127.0.0.1:${other.port}`, { exact: true }).first().waitFor();
    await expect.poll(async () => (await statusOf(app, account)).state).toBe('active');
    expect(other.received(loginPath)).toBe(1);

    // Its session ends. What is filled in is this account's, though the other service has a user of that name. The menu
    // speaks of the account that is shown a moment after the window does.
    await expect.poll(async () => (await app.control('tray.look'))?.tooltip).toContain(`:${other.port}`);
    other.expire('all');
    await choose(app, 'Renew now');
    await page.getByRole('heading', { name: 'Sign in again.' }).waitFor();
    await choose(app, 'Sign in');
    expect(await page.locator('summary strong').textContent()).toBe(`127.0.0.1:${other.port}`);
    await page.locator('summary').click();
    expect(await page.getByRole('radio', { name: 'JSON' }).isChecked()).toBe(true);
    await typeSignIn(page);
    await expect.poll(async () => (await statusOf(app, account)).state).toBe('active');
    expect([usual.received(loginPath), other.received(loginPath)]).toEqual([1, 2]);

    // One more account, at the service that is shown.
    await addAccount(app);
    expect(await page.locator('summary strong').textContent()).toBe(`127.0.0.1:${other.port}`);
    await typeSignIn(page, bea);
    await expect.poll(async () => (await statusOf(app, bea.username)).state).toBe('active');
    expect([usual.received(loginPath), other.received(loginPath)]).toEqual([1, 3]);
  });
});

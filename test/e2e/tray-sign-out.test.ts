import { describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { canLaunchApp } from '../support/launch-app.ts';
import type { LaunchedApp } from '../support/launched-app.ts';
import { demo } from '../support/state-row.ts';
import { call } from '../support/token-tray-process.ts';
import { ask, choose, chooseMore, signInAt, startApp, statusOf } from '../support/tray-person.ts';

describe.runIf(canLaunchApp)('a sign-out', () => {
  it('A4 leaves no token on the clipboard, by window, menu, command line or HTTP', async () => {
    await using service = await startAuthService();
    await using app = await startApp(service);
    const page = await signInAt(app);
    const confirm = () =>
      page.getByRole('dialog', { name: 'Sign out?' }).getByRole('button', { name: 'Sign out' }).click();
    const ways = {
      window: async () => {
        await chooseMore(page, 'Sign out…');
        await confirm();
      },
      menu: async () => {
        await choose(app, 'Sign out…');
        await confirm();
      },
      'command line': () => call(['logout', '--home', app.folders.home]),
      HTTP: () => ask(app, '/v1/logout', { method: 'POST' }),
    };
    for (const [way, signOut] of Object.entries(ways)) {
      if ((await statusOf(app)).state === 'signed_out') await signInAgain(app);
      await page.getByRole('heading', { name: 'Signed in.' }).waitFor();
      await choose(app, 'Copy token');
      await expect.poll(() => app.control('clipboard.read'), { message: way }).not.toEqual({});
      await signOut();
      await expect.poll(async () => (await statusOf(app)).state, { message: way }).toBe('signed_out');
      // The last two are over by now; a window is told of it a moment later.
      await expect.poll(() => app.control('clipboard.read'), { message: way }).toEqual({});
    }
  });
});

/** A person at a terminal. */
async function signInAgain(app: LaunchedApp): Promise<void> {
  const body = JSON.stringify({ ...demo, prompted: true });
  expect((await ask(app, '/v1/login', { method: 'POST', body })).status).toBe(200);
}

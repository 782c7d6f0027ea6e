import { mkdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { refreshPath } from '../auth-service/routes.ts';
import { canLaunchApp } from '../support/launch-app.ts';
import {
  ask,
  choose,
  expectSituation,
  signInAt,
  startApp,
  typeSignIn,
  type Situation,
} from '../support/tray-person.ts';

const users = ['renewing', 'refused', 'suspended', 'busy', 'stored', 'cut-off'].map(
  (name) => `${name}@example.com`,
) as [string, string, string, string, string, string];
const password = 'correct horse';
const good = { title: 'Signed in.', detail: 'Renewed when a tool needs it.', button: 'Copy token' } as const;
const time = '\\d\\d:\\d\\d';

it.runIf(canLaunchApp)(
  'E40 each situation by its real cause: window, tray, tooltip and endpoint say the same',
  async () => {
    const held = Promise.withResolvers<undefined>();
    const settings = {
      users: Object.fromEntries(users.map((name) => [name, password])),
      wait: () => held.promise,
    };
    await using service = await startAuthService(settings);
    await using app = await startApp(service);
    const [first, refused, suspended, busy, stored, cutOff] = users;
    const page = await signInAt(app, { username: first, password });
    for (const username of users.slice(1)) {
      const body = JSON.stringify({ username, password });
      expect((await ask(app, '/v1/login', { method: 'POST', body })).status).toBe(200);
    }
    const tryAgain = page.getByRole('button', { name: 'Try again' });
    // It tries again by itself too: then the button has gone before it is pressed.
    const mend = () => tryAgain.click({ timeout: 5_000 }).catch(() => undefined);
    let shown: string = first;
    const show = async (account: string) => {
      await choose(app, 'Account', account);
      shown = account;
    };
    const renew = () => choose(app, 'Renew now');
    const expectThat = (wanted: Omit<Situation, 'line'>, line: string) =>
      expectSituation({ app, page }, { ...wanted, line: new RegExp(`^${shown} · ${line}$`) }, shown);
    const signedIn = () => expectThat({ ...good, state: 'active' }, '4[45] min left');

    await signedIn();
    service.fault({ path: refreshPath, times: 1, delayMs: 1 });
    await renew();
    await expectThat(
      {
        state: 'renewing',
        title: 'Renewing…',
        detail: 'Tools that ask now wait a moment.',
        button: 'Copy token',
      },
      '4[45] min left',
    );
    held.resolve(undefined);
    await signedIn();

    await choose(app, 'Pause tools for an hour');
    const paused = `Tools are paused until ${time}.`;
    const pausedDetail = 'You can still copy the token.';
    await expectThat(
      { state: 'active', title: new RegExp(paused), detail: pausedDetail, button: 'Resume' },
      paused,
    );
    expect((await ask(app, '/v1/token')).status).toBe(503);
    await choose(app, 'Resume tools');
    await signedIn();

    service.fault({ path: refreshPath, times: 1, dropAfterProcessing: true });
    await renew();
    const inHand = new RegExp(`^The token in hand works until ${time}.$`);
    const unanswered = 'No usable answer to the last renewal.';
    await expectThat(
      { state: 'uncertain', title: unanswered, detail: inHand, button: 'Copy token' },
      unanswered,
    );

    await show(refused);
    await signedIn();
    service.fault({ path: refreshPath, times: 1, status: 401 });
    await renew();
    const again = new RegExp(`^The service ended the session; tools work until ${time}.$`);
    await expectThat(
      { state: 'needs_sign_in', title: 'Sign in again.', detail: again, button: 'Sign in' },
      'Sign in again.',
    );
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await typeSignIn(page, { username: refused, password });
    await signedIn();

    await show(suspended);
    service.fault({ path: refreshPath, times: 1, status: 403 });
    await renew();
    const title = 'The service has suspended this account.';
    const detail = 'Token Tray has stopped asking. Ask the service to lift it.';
    await expectThat({ state: 'suspended', title, detail, button: 'It is lifted: sign in' }, title);

    await show(busy);
    service.fault({ path: refreshPath, times: 1, status: 429, headers: { 'retry-after': '7200' } });
    await renew();
    const later = new RegExp(`^It says: too many requests\\. The next is possible at ${time}\\.$`);
    const wait = 'The service asks Token Tray to wait.';
    await expectThat({ state: 'active', title: wait, detail: later, button: 'Copy token' }, wait);

    await show(stored);
    const vault = join(app.folders.home, 'vault.safe-storage.json');
    rmSync(vault);
    mkdirSync(vault);
    await renew();
    const unsaved = 'The sign-in could not be saved: a link or a folder stands where its file belongs.';
    const move = 'Move it away; Token Tray follows no links.';
    await expectThat({ state: 'not_saved', title: unsaved, detail: move, button: 'Try again' }, unsaved);
    rmdirSync(vault);
    await mend();
    await signedIn();

    await show(cutOff);
    await service.close();
    await renew();
    const cut = 'No connection.';
    await expectThat({ state: 'offline', title: cut, detail: inHand, button: 'Copy token' }, cut);
    // Tools get the first account's, whichever one the window shows.
    expect(await (await ask(app, '/v1/token')).json()).toMatchObject({ account: first });
  },
);

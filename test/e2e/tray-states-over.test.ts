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
  statusOf,
  type Situation,
} from '../support/tray-person.ts';

const users = ['asleep', 'refused', 'lost', 'busy', 'cut-off'].map((name) => `${name}@example.com`) as [
  string,
  string,
  string,
  string,
  string,
];
const password = 'correct horse';

it.runIf(canLaunchApp)(
  'T01 T02 T03 E40 when the token in hand is over: asleep and waking, and each situation by its real cause',
  async () => {
    const settings = { users: Object.fromEntries(users.map((name) => [name, password])), accessLifetime: 10 };
    await using service = await startAuthService(settings);
    await using app = await startApp(service);
    const [asleep, refused, lost, busy, cutOff] = users;
    const page = await signInAt(app, { username: asleep, password });
    for (const username of users.slice(1)) {
      const body = JSON.stringify({ username, password });
      expect((await ask(app, '/v1/login', { method: 'POST', body })).status).toBe(200);
    }
    const reportOf = async (account: string) => {
      const query = `?account=${encodeURIComponent(account)}`;
      const token = (await (await ask(app, `/v1/token${query}&min_ttl=0`)).json()) as {
        access_token?: string;
      };
      const body = JSON.stringify({ rejected: token.access_token ?? 'none' });
      return ask(app, `/v1/token/renew${query}`, { method: 'POST', body });
    };
    let shown: string = asleep;
    const show = async (account: string) => {
      await choose(app, 'Account', account);
      shown = account;
    };
    const expectThat = (wanted: Omit<Situation, 'line'>, line: string) =>
      expectSituation({ app, page }, { ...wanted, line: new RegExp(`^${shown} · ${line}$`) }, shown);

    service.fault({ path: refreshPath, times: 1, status: 401 });
    await reportOf(refused);
    service.fault({ path: refreshPath, times: 1, dropAfterProcessing: true });
    await reportOf(lost);
    service.fault({ path: refreshPath, times: 1, status: 429, headers: { 'retry-after': '600' } });
    await reportOf(busy);
    const posts = service.received(refreshPath);
    expect(posts).toBe(3);
    await expect.poll(async () => (await statusOf(app, cutOff)).expires_in, { timeout: 30_000 }).toBeNull();

    // Twenty times awake for a moment, and somebody asks each time.
    for (let wake = 0; wake < 20; wake += 1) {
      for (const event of ['suspend', 'resume'] as const) {
        await app.control('power.emit', event);
        const answer = await ask(app, '/v1/token');
        expect(await answer.json()).toMatchObject({ code: 'offline' });
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(10);
      }
    }
    expect(service.received(refreshPath)).toBe(posts);
    await expectThat(
      { state: 'active', title: 'Signed in.', detail: 'Renewed when a tool needs it.', button: 'Copy token' },
      'renewed when a tool asks',
    );
    // A person is not held back by it.
    await choose(app, 'Renew now');
    await expect.poll(() => service.received(refreshPath)).toBe(posts + 1);
    await expect.poll(async () => (await ask(app, '/v1/token')).status).toBe(200);

    await show(refused);
    await expectThat(
      {
        state: 'needs_sign_in',
        title: 'Sign in again.',
        detail: 'The service ended the session; tools are waiting.',
        button: 'Sign in',
      },
      'Sign in again.',
    );
    await show(lost);
    await expectThat(
      {
        state: 'uncertain',
        title: 'No usable answer to the last renewal.',
        detail: 'Token Tray tries again when a tool asks.',
        button: 'Try now',
      },
      'No usable answer to the last renewal.',
    );

    await show(busy);
    const wait = 'The service asks Token Tray to wait.';
    const later = /^It says: too many requests\. The next is possible at (\d{4}-\d\d-\d\d )?\d\d:\d\d\.$/;
    await expectThat({ state: 'active', title: wait, detail: later, button: null }, wait);
    // The service's own word stands above the person's.
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Renew now' }).click();
    await page
      .getByRole('alert')
      .getByText(/^The service says: too many requests\. Try again at (\d{4}-\d\d-\d\d )?\d\d:\d\d\.$/)
      .waitFor();
    expect(service.received(refreshPath)).toBe(posts + 1);

    await show(cutOff);
    await service.close();
    await choose(app, 'Renew now');
    const onceOnline = 'Token Tray goes on by itself once you are online.';
    await expectThat(
      { state: 'offline', title: 'No connection.', detail: onceOnline, button: 'Try now' },
      'No connection.',
    );
  },
);

import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { refreshPath } from '../auth-service/routes.ts';
import { appFolders, canLaunchApp } from '../support/launch-app.ts';
import type { LaunchedApp } from '../support/launched-app.ts';
import { demo } from '../support/state-row.ts';
import { ask, choose, signInAt, startApp, statusOf } from '../support/tray-person.ts';

const bea = { username: 'bea@example.com', password: 'battery staple' };
const users = { [demo.username]: demo.password, [bea.username]: bea.password };

/** A folder stands in the place of the vault's file, so that what comes next stays in memory. */
function blockVault({ folders }: LaunchedApp): string {
  const vault = join(folders.home, 'vault.safe-storage.json');
  rmSync(vault);
  mkdirSync(vault);
  return vault;
}

async function renewUnsaved(app: LaunchedApp): Promise<string> {
  const vault = blockVault(app);
  await choose(app, 'Renew now');
  await expect.poll(async () => (await statusOf(app)).state).toBe('not_saved');
  return vault;
}

/** Bea signs in too, and the answer to her renewal stays in memory. */
async function renewBeaUnsaved(app: LaunchedApp): Promise<void> {
  expect((await ask(app, '/v1/login', { method: 'POST', body: JSON.stringify(bea) })).status).toBe(200);
  blockVault(app);
  const query = `?account=${encodeURIComponent(bea.username)}`;
  const { access_token: rejected } = (await (await ask(app, `/v1/token${query}`)).json()) as {
    access_token: string;
  };
  await ask(app, `/v1/token/renew${query}`, { method: 'POST', body: JSON.stringify({ rejected }) });
  await expect.poll(() => stateOfBea(app)).toBe('not_saved');
}

async function stateOfBea(app: LaunchedApp): Promise<string> {
  return (await statusOf(app, bea.username)).state;
}

async function tokenOf(app: LaunchedApp): Promise<string> {
  return ((await (await ask(app, '/v1/token')).json()) as { access_token: string }).access_token;
}

function isPublished({ folders }: LaunchedApp): boolean {
  return existsSync(join(folders.home, 'endpoint.json'));
}

function expectGone({ folders: { home }, pid }: LaunchedApp): void {
  for (const file of ['endpoint.json', 'curlrc', 'endpoint.sock']) {
    expect(existsSync(join(home, file)), file).toBe(false);
  }
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(readFileSync(join(home, 'logs/token-tray.log'), 'utf8')).toContain('"ended"');
}

/** A renewal that the service has got and not answered yet. */
async function renewing(app: LaunchedApp, service: AuthService, delayMs: number): Promise<void> {
  service.fault({ path: refreshPath, times: 1, delayMs });
  const before = service.received(refreshPath);
  await choose(app, 'Renew now');
  await expect.poll(() => service.received(refreshPath)).toBe(before + 1);
}

describe.runIf(canLaunchApp)('the end of the tray app', () => {
  it('T08 A8 gives a renewal its time; with an answer unsaved Quit and token-tray stop ask first, and a signal saves it without asking', async () => {
    const held = Promise.withResolvers<undefined>();
    await using service = await startAuthService({ users, wait: () => held.promise });
    await using folders = await appFolders();
    await using app = await startApp(service, { folders });
    await signInAt(app);
    const first = await tokenOf(app);
    await renewing(app, service, 1);
    await app.control('app.quit');
    await expect.poll(() => isPublished(app)).toBe(false);
    held.resolve(undefined);
    expect([await app.ended(), app.output]).toEqual([0, '']);
    expectGone(app);

    await using next = await startApp(service, { folders });
    await (await next.window()).getByRole('heading', { name: 'Signed in.' }).waitFor();
    expect(await tokenOf(next)).not.toBe(first);
    const vault = await renewUnsaved(next);
    const unsaved = await tokenOf(next);
    await choose(next, 'Quit Token Tray');
    const dialogs = () => next.control('dialogs.list');
    const message = 'The last sign-in is not saved yet.';
    await expect.poll(dialogs).toMatchObject([{ message, buttons: ['Stay open', 'Quit all the same'] }]);
    await next.control('dialogs.answer', 'Stay open', false);
    await expect.poll(dialogs).toEqual([]);
    expect((await ask(next, '/v1/token')).status).toBe(200);
    rmdirSync(vault);
    expect(await next.end('SIGTERM')).toBe(0);
    expectGone(next);

    await using last = await startApp(service, { folders });
    await (await last.window()).getByRole('heading', { name: 'Signed in.' }).waitFor();
    expect(await tokenOf(last)).toBe(unsaved);
    expect(service.stats()).toMatchObject({ logins: 1, refreshes: 2 });
    await renewBeaUnsaved(last);
    expect((await ask(last, '/v1/stop', { method: 'POST' })).status).toBe(202);
    await expect.poll(() => last.control('dialogs.list')).toHaveLength(1);
    expect(await stateOfBea(last)).toBe('not_saved');
    await last.control('dialogs.answer', 'Quit all the same', false);
    expect(await last.ended()).toBe(0);
    expectGone(last);
  });

  it('T08 waits neither for a service that does not answer nor, at a shutdown, for a disk or a person', async () => {
    await using service = await startAuthService({ users });
    await using folders = await appFolders();
    await using app = await startApp(service, { folders });
    await signInAt(app);
    // Far longer than the client's own patience, which would be over after fifteen seconds.
    await renewing(app, service, 3_600_000);
    await choose(app, 'Quit Token Tray');
    await expect.poll(() => isPublished(app)).toBe(false);
    await expect.poll(() => hasEnded(app), { timeout: 12_000 }).toBe(true);
    expectGone(app);

    await using next = await startApp(service, { folders });
    const unanswered = { name: 'No usable answer to the last renewal.' };
    await (await next.window()).getByRole('heading', unanswered).waitFor();
    await renewBeaUnsaved(next);
    await next.control('power.emit', 'shutdown').catch(() => undefined);
    expect(await next.ended()).toBe(0);
    expectGone(next);
  });
});

describe.runIf(canLaunchApp && process.platform === 'win32')('the end of a session on Windows', () => {
  it('T16 is held up by the window until an answer that could not be saved is saved', async () => {
    await using service = await startAuthService({ users });
    await using folders = await appFolders();
    await using app = await startApp(service, { folders });
    await signInAt(app);
    const vault = await renewUnsaved(app);
    const unsaved = await tokenOf(app);
    rmdirSync(vault);
    expect(await app.control('session.end', ['logoff'])).toBe('held');
    expect(await app.ended()).toBe(0);
    expectGone(app);
    await using next = await startApp(service, { folders });
    await (await next.window()).getByRole('heading', { name: 'Signed in.' }).waitFor();
    expect(await tokenOf(next)).toBe(unsaved);
  });
});

/** Whether its process is gone by now. */
function hasEnded({ pid }: LaunchedApp): boolean {
  try {
    return !process.kill(pid, 0);
  } catch {
    return true;
  }
}

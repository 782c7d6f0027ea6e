import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type ExpectStatic } from 'vitest';
import { startAuthService, type AuthService } from '../auth-service/auth-service.ts';
import { refreshPath } from '../auth-service/routes.ts';
import { appFolders, canLaunchApp } from '../support/launch-app.ts';
import type { LaunchedApp } from '../support/launched-app.ts';
import { ask, choose, signInAt, startApp, statusOf, tokenInTerminal } from '../support/tray-person.ts';

/** A folder stands in the place of the vault's file, so that the answer to the renewal stays in memory. */
async function renewUnsaved(app: LaunchedApp, expect: ExpectStatic): Promise<string> {
  const vault = join(app.folders.home, 'vault.safe-storage.json');
  rmSync(vault);
  mkdirSync(vault);
  await choose(app, 'Renew now');
  await expect.poll(async () => (await statusOf(app)).state).toBe('not_saved');
  return vault;
}

async function tokenOf(app: LaunchedApp): Promise<string> {
  return (await tokenInTerminal(app)).stdout;
}

function expectGone({ folders: { home }, pid }: LaunchedApp, expect: ExpectStatic): void {
  for (const file of ['endpoint.json', 'curlrc', 'endpoint.sock']) {
    expect(existsSync(join(home, file)), file).toBe(false);
  }
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(readFileSync(join(home, 'logs/token-tray.log'), 'utf8')).toContain('"ended"');
}

/** A renewal that the service has got and not answered yet. */
async function renewing(app: LaunchedApp, service: AuthService, delayMs: number, expect: ExpectStatic) {
  service.fault({ path: refreshPath, times: 1, delayMs });
  const before = service.received(refreshPath);
  await choose(app, 'Renew now');
  await expect.poll(() => service.received(refreshPath)).toBe(before + 1);
}

describe.runIf(canLaunchApp).concurrent('the end of the tray app', () => {
  it('T08 gives a renewal its time; with an answer unsaved Quit asks first, and a signal saves it without asking', async ({
    expect,
  }) => {
    await using service = await startAuthService();
    await using folders = await appFolders();
    await using app = await startApp(service, { folders });
    await signInAt(app);
    const first = await tokenOf(app);
    await renewing(app, service, 500, expect);
    await app.control('app.quit');
    expect([await app.ended(), app.output]).toEqual([0, '']);
    expectGone(app, expect);

    await using next = await startApp(service, { folders });
    await (await next.window()).getByRole('heading', { name: 'Signed in.' }).waitFor();
    const renewed = await tokenOf(next);
    expect(renewed).not.toBe(first);
    const vault = await renewUnsaved(next, expect);
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
    expectGone(next, expect);

    await using last = await startApp(service, { folders });
    await (await last.window()).getByRole('heading', { name: 'Signed in.' }).waitFor();
    expect(await tokenOf(last)).toBe(unsaved);
    expect(service.stats()).toMatchObject({ logins: 1, refreshes: 2 });
  });

  it('T08 waits neither for a service that does not answer nor, at a shutdown, for a disk', async ({
    expect,
  }) => {
    await using service = await startAuthService();
    await using folders = await appFolders();
    await using app = await startApp(service, { folders });
    await signInAt(app);
    // Far longer than the client's own patience, which would be over after fifteen seconds.
    await renewing(app, service, 3_600_000, expect);
    await choose(app, 'Quit Token Tray');
    await expect.poll(() => existsSync(join(folders.home, 'endpoint.json'))).toBe(false);
    await expect.poll(() => hasEnded(app), { timeout: 12_000 }).toBe(true);
    expectGone(app, expect);

    await using next = await startApp(service, { folders });
    await (
      await next.window()
    )
      .getByRole('heading', { name: 'No usable answer to the last renewal.' })
      .waitFor();
    await next.end();
    expectGone(next, expect);
  });

  it('T08 A8 token-tray stop asks as Quit does, and quits where the person says so; a shutdown asks nobody', async ({
    expect,
  }) => {
    await using service = await startAuthService();
    for (const how of ['stop', 'shutdown'] as const) {
      await using app = await startApp(service);
      await signInAt(app);
      await renewUnsaved(app, expect);
      if (how === 'shutdown') await app.control('power.emit', 'shutdown').catch(() => undefined);
      else {
        expect((await ask(app, '/v1/stop', { method: 'POST' })).status).toBe(202);
        await expect.poll(() => app.control('dialogs.list')).toHaveLength(1);
        expect((await statusOf(app)).state).toBe('not_saved');
        await app.control('dialogs.answer', 'Quit all the same', false);
      }
      expect(await app.ended()).toBe(0);
      expectGone(app, expect);
    }
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

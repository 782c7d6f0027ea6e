import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { appFolders, canLaunchApp, launchesStandIn } from '../support/launch-app.ts';
import { Squatter } from '../support/squatter.ts';
import { AgentProcess } from '../support/token-tray-process.ts';
import type { LaunchedApp } from '../support/launched-app.ts';
import { signInAt, startApp, statusOf } from '../support/tray-person.ts';

async function shownWindows(app: LaunchedApp): Promise<number> {
  return (await app.control('windows.list')).filter(({ visible }) => visible).length;
}

describe.runIf(canLaunchApp)('the start of the tray app', () => {
  it('one that finds an agent says so with its process id, and quits', async () => {
    await using service = await startAuthService();
    await using folders = await appFolders();
    await using agent = await AgentProcess.start({ home: folders.home, args: ['--api', service.url] });
    await using app = await startApp(service, { folders });
    const said = `Token Tray is running already (process ${agent.pid}).`;
    await expect.poll(() => app.output).toContain(said);
    await expect
      .poll(() => app.control('dialogs.list'))
      .toMatchObject([
        {
          type: 'info',
          message: said,
          detail: expect.stringMatching(/end it/) as string,
          buttons: ['Close'],
        },
      ]);
    await app.control('dialogs.answer', 'Close', false);
    expect(await app.ended()).toBe(1);
    expect(agent.endpoint().pid).toBe(agent.pid);
  });

  it.runIf(launchesStandIn)(
    'T17 one that is installed shows the window of one from a checkout on the same home, and has a key of its own',
    async () => {
      await using service = await startAuthService();
      await using folders = await appFolders();
      {
        await using checkout = await startApp(service, { folders, args: ['--hidden'] });
        await signInAt(checkout);
        await checkout.control('windows.close', 1);
        await expect.poll(() => shownWindows(checkout)).toBe(0);
        await using installed = await startApp(service, { folders, computer: { packaged: true } });
        expect([await installed.ended(), installed.output]).toEqual([0, '']);
        await expect.poll(() => shownWindows(checkout)).toBe(1);
        await checkout.end();
      }
      await using installed = await startApp(service, { folders, computer: { packaged: true } });
      await expect.poll(async () => (await statusOf(installed)).state).toBe('needs_sign_in');
    },
  );

  it('P01 one whose own port is taken says so, and quits', async () => {
    await using squatter = await Squatter.start();
    const port = String(squatter.port);
    await using app = await startApp({ url: 'http://127.0.0.1:9' }, { args: ['--port', port] });
    const detail = expect.stringContaining(`Port ${port} is taken by another program.`) as string;
    await expect
      .poll(() => app.control('dialogs.list'))
      .toMatchObject([{ type: 'error', message: 'Token Tray cannot start.', detail, buttons: ['Close'] }]);
    await app.control('dialogs.answer', 'Close', false);
    expect(await app.ended()).toBe(1);
  });

  it.runIf(launchesStandIn)(
    'G07 one that cannot lock its folder says so, instead of ending without a word',
    async () => {
      await using folders = await appFolders();
      mkdirSync(join(folders.home, 'electron'), { mode: 0o700 });
      symlinkSync('elsewhere-999999999', join(folders.home, 'electron/SingletonLock'));
      await using app = await startApp({ url: 'http://127.0.0.1:9' }, { folders });
      const detail = expect.stringContaining('so it does not know whether it already runs.') as string;
      await expect.poll(() => app.control('dialogs.list')).toMatchObject([{ type: 'error', detail }]);
      await app.control('dialogs.answer', 'Close', false);
      expect(await app.ended()).toBe(1);
    },
  );
});

import { describe, it } from 'vitest';
import { startAuthService } from '../auth-service/auth-service.ts';
import { appFolders, canLaunchApp } from '../support/launch-app.ts';
import { Squatter } from '../support/squatter.ts';
import { AgentProcess } from '../support/token-tray-process.ts';
import { expectSituation, signInAt, startApp, tokenInTerminal } from '../support/tray-person.ts';

describe.runIf(canLaunchApp).concurrent('the start of the tray app', () => {
  it('V12 window and endpoint are there while the key store’s prompt is open, and go on once it is answered', async ({
    expect,
  }) => {
    await using service = await startAuthService();
    await using folders = await appFolders();
    const before = await startApp(service, { folders });
    await signInAt(before);
    const { stdout } = await tokenInTerminal(before);
    await before.end();

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
    expect((await tokenInTerminal(app)).stdout).toBe(stdout);
    expect(service.stats()).toMatchObject({ logins: 1, refreshes: 0 });
  });

  it('one that finds an agent says so with its process id, and quits', async ({ expect }) => {
    await using service = await startAuthService();
    await using folders = await appFolders();
    await using agent = await AgentProcess.start({ home: folders.home, args: ['--api', service.url] });
    await using app = await startApp(service, { folders });
    const said = `Token Tray runs in a terminal already (process ${agent.pid}).`;
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

  it('P01 one whose own port is taken says so, and quits', async ({ expect }) => {
    await using service = await startAuthService();
    await using squatter = await Squatter.start();
    const port = String(squatter.port);
    await using app = await startApp(service, { args: ['--port', port] });
    const detail = expect.stringContaining(`Port ${port} is taken by another program.`) as string;
    await expect
      .poll(() => app.control('dialogs.list'))
      .toMatchObject([{ type: 'error', message: 'Token Tray cannot start.', detail, buttons: ['Close'] }]);
    await app.control('dialogs.answer', 'Close', false);
    expect(await app.ended()).toBe(1);
  });
});

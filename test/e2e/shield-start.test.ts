import { mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasBrowser } from '../electron-host/sample-app.ts';
import { appFolders, launchApp } from '../support/launch-app.ts';

/** Answers the one dialog of an app that cannot start, and waits for its end. */
async function toldAndEnded(app: Awaited<ReturnType<typeof launchApp>>): Promise<string> {
  await expect.poll(async () => (await app.control('dialogs.list')).length).toBe(1);
  const [dialog] = await app.control('dialogs.list');
  await app.control('dialogs.answer', dialog?.buttons[0] ?? '', false);
  expect(await app.ended()).toBe(1);
  return dialog?.detail ?? '';
}

// Each switch and variable: test/desktop/launch.test.ts.
describe.runIf(hasBrowser)('a release that is started so that somebody could look in', () => {
  it.each([
    [['--remote-debugging-port=9222'], {}, '--remote-debugging-port'],
    [[], { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'NODE_TLS_REJECT_UNAUTHORIZED'],
  ])('I08 ends with a sentence and has opened nothing: %j %j', async (args, env, named) => {
    await using folders = await appFolders();
    await rm(folders.home, { recursive: true });
    await using app = await launchApp({ folders, args, env, computer: { packaged: true } });
    expect(await app.ended()).toBe(1);
    expect(app.output).toContain(`Token Tray does not start with ${named}. Start it without.\n`);
    expect(await readdir(folders.root)).toEqual(['system']);
  });
});

// A file in its place, and each other reason: test/adapters/home-folder.test.ts.
describe.runIf(hasBrowser)('a home that is not the person’s own folder', () => {
  it('V15 as a link is refused in words, and nothing is written where it leads', async () => {
    await using folders = await appFolders();
    await rm(folders.home, { recursive: true });
    const elsewhere = join(folders.root, 'elsewhere');
    await mkdir(elsewhere);
    await symlink(elsewhere, folders.home);
    await using app = await launchApp({ folders });
    expect(await toldAndEnded(app)).toContain(folders.home);
    expect(app.output).not.toMatch(/\bat .*main\.js/);
    expect(await readdir(elsewhere)).toEqual([]);
  });

  it('V15 with a link in the place of Chromium’s folder is refused, and nothing is written where it leads', async () => {
    await using folders = await appFolders();
    const elsewhere = join(folders.root, 'elsewhere');
    await mkdir(elsewhere);
    await symlink(elsewhere, join(folders.home, 'electron'));
    await using app = await launchApp({ folders });
    expect(await toldAndEnded(app)).toContain(join(folders.home, 'electron'));
    expect(await readdir(elsewhere)).toEqual([]);
  });
});

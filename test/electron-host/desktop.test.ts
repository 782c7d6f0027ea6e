import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appFolders } from '../support/launch-app.ts';
import type { AppFolders, LaunchedApp } from '../support/launched-app.ts';
import { hasBrowser, launchSample } from './sample-app.ts';

const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const mark = 'electron application/osclipboard;format="x-kde-passwordManagerHint"';
const main = `
import { app, clipboard, ClipboardItem, dialog, Menu, Notification, powerMonitor, shell, Tray } from 'electron';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
const icon = join(import.meta.dirname, 'icon.png');
writeFileSync(icon, Buffer.from('${png}', 'base64'));
const menu = () => Menu.buildFromTemplate([
  { label: 'Copy', click: () => console.log('copied') },
  { label: 'Greyed', enabled: false }, { type: 'separator' },
  { label: 'Accounts', submenu: [{ label: 'Anna', type: 'radio', checked: true }, { label: 'Ben', type: 'radio', click: (item) => console.log(item.label, item.checked) }] },
  { role: 'quit' }]);
const notify = (title, id = 'one') => {
  const notification = new Notification({ id, title, body: 'body' });
  for (const name of ['show', 'click', 'close', 'failed']) notification.on(name, (event, reason) => console.log(title, name, reason ?? ''));
  notification.show();
};
app.on('ready', async () => {
  globalThis.tray = new Tray(icon);
  tray.setToolTip('Signed in');
  tray.on('click', (_event, bounds, position) => console.log('activated', JSON.stringify([bounds, position])));
  const shown = menu();
  tray.setContextMenu(shown);
  shown.items[0].enabled = false;
  try { new Tray('/nowhere.png'); } catch (error) { console.log(error.message); }
  app.on('activate', () => { tray.setContextMenu(shown); notify('Third'); });
  for (const name of ['suspend', 'lock-screen']) powerMonitor.on(name, () => console.log(name));

  console.log('before', await clipboard.readText());
  if ((await clipboard.readText()) === '') console.log('empty', (await clipboard.read()).map(({ types }) => types.length).join());
  await clipboard.write([new ClipboardItem({ 'text/plain': 'a token', '${mark}': 'secret' })]);
  console.log(await clipboard.readText(), await clipboard.has('${mark}'), (await clipboard.read())[0].types.length);
  console.log(['readHTML', 'writeBuffer', 'availableFormats', 'readBookmark'].map((name) => typeof clipboard[name]).join());

  await shell.openExternal('https://example.com/help');
  notify('First'); notify('Second');
  console.log('chosen', (await dialog.showMessageBox({ message: 'Sign out?', buttons: ['Sign out', 'Cancel'] })).response);
});`;

describe.runIf(hasBrowser)('the computer around an app in the stand-in', () => {
  let folders: AppFolders;
  let app: LaunchedApp;
  beforeAll(async () => {
    folders = await appFolders();
    app = await launchSample({ main }, { folders });
  });
  afterAll(async () => {
    await app[Symbol.asyncDispose]();
    await folders[Symbol.asyncDispose]();
  });

  it.runIf(process.platform === 'linux')(
    'shows in its tray on Linux the menu as it was when it was set',
    async () => {
      const look = await app.control('tray.look');
      expect(look).toMatchObject({ tooltip: 'Signed in', visible: true });
      expect(look?.menu?.map(({ label, enabled }) => [label, enabled])).toEqual([
        ['Copy', true],
        ['Greyed', false],
        ['', true],
        ['Accounts', true],
        ['Quit Electron', true],
      ]);
      expect(app.output).toContain("Failed to load image from path '/nowhere.png'\n");
      await app.control('menu.click', ['Copy'], 'tray');
      await app.control('menu.click', ['Accounts', 'Ben'], 'tray');
      await expect(app.control('menu.click', ['Greyed'], 'tray')).rejects.toThrow('Greyed is greyed out.');
      await expect.poll(() => app.output).toMatch(/copied\n[^]*Ben true\n/);
      await app.control('tray.event', 'click', { x: 5, y: 5 });
      await expect
        .poll(() => app.output)
        .toContain('activated [{"x":0,"y":0,"width":0,"height":0},{"x":0,"y":0}]');
      await expect(app.control('tray.event', 'right-click', { x: 5, y: 5 })).rejects.toThrow(
        'no right-click',
      );
      await app.control('tray.host', false);
      expect(await app.control('tray.look')).toMatchObject({ visible: false });
      await app.control('tray.host', true);
    },
  );

  it('keeps on its clipboard several formats of one write', async () => {
    await expect
      .poll(() => app.output)
      .toMatch(/before \nempty 0\n[^]*a token true 2\nundefined,undefined,undefined,undefined\n/);
    expect(await app.control('clipboard.read')).toEqual({ 'text/plain': 'a token', [mark]: 'secret' });
  });

  it('shows notifications, dialogs and links to the test', async () => {
    await expect
      .poll(() => app.control('notifications.list'))
      .toEqual([{ id: 'one', title: 'Second', body: 'body', urgency: 'normal', silent: false }]);
    expect(await app.control('notifications.asked')).toBe(true);
    await app.control('notifications.act', 'one', 'click');
    await app.control('notifications.set', 'refused');
    await app.control('app.activate');
    await expect.poll(() => app.output).toContain('Third failed Notifications are not allowed');
    expect(await app.control('shell.opened')).toEqual(['https://example.com/help']);
    await app.control('power.emit', 'lock-screen');
    await app.control('power.emit', 'suspend');
    await expect.poll(() => app.control('dialogs.list')).toMatchObject([{ message: 'Sign out?' }]);
    await app.control('dialogs.answer', 'Cancel', false);
    await expect.poll(() => app.output).toContain('chosen 1');
    expect(app.output).toContain('Second click');
    expect(app.output).toContain('suspend\n');
    expect(app.output.includes('lock-screen\n')).toBe(process.platform !== 'linux');
  });

  it('quits by its menu, which shows what it was set to again; its clipboard outlives it', async () => {
    if (process.platform === 'linux') {
      await app.control('app.activate');
      await expect(app.control('menu.click', ['Copy'], 'tray')).rejects.toThrow('Copy is greyed out.');
      void app.control('menu.click', ['Quit Electron'], 'tray').catch(() => undefined);
      expect(await app.ended()).toBe(0);
    } else await app.end();
    await using later = await launchSample({ main }, { folders });
    await expect.poll(() => later.output).toContain('before a token');
    await later.control('clipboard.refuse', true);
    await later.control('clipboard.write', 'something else');
    expect(await later.control('clipboard.read')).toMatchObject({ 'text/plain': 'a token' });
  });
});

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { App, LoginItemSettings } from 'electron';
import { autostartEntry } from '../../electron/desktop/autostart-entry.ts';
import { openedAtLogin, startAtLogin, type StartAtLogin } from '../../electron/desktop/start-at-login.ts';
import { temporaryHome } from '../support/temporary-home.ts';

/** The system's login item, as a person sees it in its settings. */
class FakeLoginItems {
  item: Partial<LoginItemSettings> = { openAtLogin: false };
  asked: unknown = null;

  get asApp(): App {
    return this as unknown as App;
  }

  getLoginItemSettings(options?: unknown): Partial<LoginItemSettings> {
    this.asked = options;
    return this.item;
  }

  setLoginItemSettings({ openAtLogin = false }: { openAtLogin?: boolean }): void {
    this.item = {
      openAtLogin,
      executableWillLaunchAtLogin: openAtLogin,
      status: openAtLogin ? 'enabled' : 'not-registered',
    };
  }
}

async function onLinux(changes: { env?: Record<string, string>; execPath?: string; homedir?: string } = {}) {
  const homedir = changes.homedir ?? (await temporaryHome());
  const start = startAtLogin(new FakeLoginItems().asApp, {
    platform: 'linux',
    env: {},
    execPath: '/opt/Token Tray/token-tray-electron',
    appPath: null,
    ...changes,
    homedir,
  });
  const file = join(homedir, '.config/autostart/token-tray.desktop');
  return { start, homedir, file, exec: async () => /^Exec=(.*)$/m.exec(await readFile(file, 'utf8'))?.[1] };
}

async function outcome(start: StartAtLogin, on: boolean): Promise<boolean[]> {
  return [await start.set(on), await start.isOn()];
}

describe('the start at login on Linux', () => {
  it('G04 is an entry of our own that shows no window', async () => {
    const { start, exec, file } = await onLinux();
    expect(await start.isOn()).toBe(false);
    expect(await outcome(start, true)).toEqual([true, true]);
    expect(await exec()).toBe('"/opt/Token Tray/token-tray-app" "--hidden"');
    expect(await readFile(file, 'utf8')).toMatch(/^\[Desktop Entry\]\nType=Application\nName=Token Tray\n/);
    expect(await outcome(start, false)).toEqual([false, false]);
  });

  it('G04 starts an AppImage by its own path, in the folder that XDG_CONFIG_HOME names', async () => {
    const config = await temporaryHome();
    const { start } = await onLinux({
      env: { APPIMAGE: '/home/anna/Token Tray.AppImage', XDG_CONFIG_HOME: config },
    });
    await start.set(true);
    expect(await readFile(join(config, 'autostart/token-tray.desktop'), 'utf8')).toContain(
      'Exec="/home/anna/Token Tray.AppImage" "--hidden"\n',
    );
  });

  it.each([
    ['100%/tray', '"100%%/tray"'],
    ['a"b', String.raw`"a\\"b"`],
    ['$HOME/`id`', String.raw`"\\$HOME/\\` + '`id' + String.raw`\\` + '`"'],
    [String.raw`a\b`, String.raw`"a\\\\b"`],
    ['a\nExec=evil', String.raw`"a\nExec=evil"`],
  ])('G04 escapes a path as the specification says: %j', (path, escaped) => {
    expect(autostartEntry([path])).toContain(`\nExec=${escaped} "--hidden"\n`);
  });

  it('G04 follows the program where it is moved to', async () => {
    const { start, homedir } = await onLinux();
    await start.set(true);
    const moved = await onLinux({ homedir, execPath: '/opt/new $1/token-tray' });
    await moved.start.reconcile();
    expect(await moved.exec()).toBe(String.raw`"/opt/new \\$1/token-tray" "--hidden"`);
    expect(await moved.start.isOn()).toBe(true);
  });

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])(
    'G04 stays off where a person switched it off by %s',
    async (line) => {
      const { start, homedir, file } = await onLinux();
      await start.set(true);
      const entry = await readFile(file, 'utf8');
      await writeFile(file, entry.replace(/^X-GNOME.*$/m, line));
      expect(await start.isOn()).toBe(false);
      const moved = await onLinux({ homedir, execPath: '/elsewhere/token-tray' });
      await moved.start.reconcile();
      expect(await moved.start.isOn()).toBe(false);
      expect(await moved.exec()).toBe('"/elsewhere/token-tray" "--hidden"');
      expect(await outcome(moved.start, true)).toEqual([true, true]);
    },
  );

  it('G04 stays off where a person deleted the entry', async () => {
    const { start, file } = await onLinux();
    await start.set(true);
    await rm(file);
    await start.reconcile();
    expect(await start.isOn()).toBe(false);
  });

  it('says that it is off where the entry cannot be written', async () => {
    const { start, file } = await onLinux();
    await mkdir(dirname(dirname(file)), { recursive: true });
    await writeFile(dirname(file), 'a file in the place of the folder');
    expect(await outcome(start, true)).toEqual([false, false]);
  });
});

describe('the start at login on macOS and Windows', () => {
  const surroundings = { env: {}, homedir: '/', execPath: '/app', appPath: null };

  it.each(['darwin', 'win32'] as const)('is the login item that the system keeps (%s)', async (platform) => {
    const items = new FakeLoginItems();
    const start = startAtLogin(items.asApp, { ...surroundings, platform });
    expect(await start.isOn()).toBe(false);
    expect(await outcome(start, true)).toEqual([true, true]);
    expect(items.asked).toEqual({ args: ['--hidden'] });
    expect(await outcome(start, false)).toEqual([false, false]);
  });

  it('G04 is what a person chose in the system’s settings', async () => {
    const items = new FakeLoginItems();
    const windows = startAtLogin(items.asApp, { ...surroundings, platform: 'win32' });
    items.item = { openAtLogin: true, executableWillLaunchAtLogin: false };
    expect(await windows.isOn()).toBe(false);
    const mac = startAtLogin(items.asApp, { ...surroundings, platform: 'darwin' });
    items.item = { openAtLogin: true, status: 'requires-approval' };
    expect(await mac.isOn()).toBe(false);
    await mac.reconcile();
    expect(items.item).toEqual({ openAtLogin: true, status: 'requires-approval' });
  });

  it('is told by the system on macOS, by our switch elsewhere', () => {
    const items = new FakeLoginItems();
    items.item = { wasOpenedAtLogin: true };
    expect(openedAtLogin(items.asApp, 'darwin', ['/app'])).toBe(true);
    expect(openedAtLogin(items.asApp, 'win32', ['/app'])).toBe(false);
    expect(openedAtLogin(items.asApp, 'win32', ['/app', '--hidden'])).toBe(true);
  });
});

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { App, LoginItemSettings } from 'electron';
import { appName, appUserModelId } from '../../electron/desktop/app-identity.ts';
import { autostartEntry } from '../../electron/desktop/autostart-entry.ts';
import { openedAtLogin, startAtLogin, type StartAtLogin } from '../../electron/desktop/start-at-login.ts';
import { LoginItems } from '../electron-host/api/login-item.ts';
import { temporaryHome } from '../support/temporary-home.ts';

/** Electron's part, on the stand-in's login items; `item` is what a person made of them in the system's settings. */
class FakeApp {
  item: Partial<LoginItemSettings> = {};
  readonly items: LoginItems;

  constructor(platform: NodeJS.Platform, execPath = '/app', isPackaged = true, file: string | null = null) {
    this.items = new LoginItems({
      platform,
      execPath,
      file,
      appUserModelId: () => appUserModelId({ isPackaged }),
    });
  }

  get asApp(): App {
    return this as unknown as App;
  }

  getLoginItemSettings(...args: Parameters<LoginItems['get']>): Partial<LoginItemSettings> {
    return { ...this.items.get(...args), ...this.item };
  }

  setLoginItemSettings(...args: Parameters<LoginItems['set']>): void {
    this.items.set(...args);
  }
}

interface Changes {
  env?: Record<string, string>;
  execPath?: string;
  homedir?: string;
  appPath?: string;
  isDevelopment?: boolean;
}

async function onLinux(changes: Changes = {}) {
  const homedir = changes.homedir ?? (await temporaryHome());
  const start = startAtLogin(new FakeApp('linux').asApp, {
    platform: 'linux',
    env: {},
    execPath: '/opt/Token Tray/token-tray-electron',
    appPath: null,
    isDevelopment: false,
    ...changes,
    homedir,
  });
  const name = changes.appPath === undefined ? 'token-tray' : 'token-tray-checkout';
  const file = join(homedir, `.config/autostart/${name}.desktop`);
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

  // A folder of Windows has no path that Linux takes as absolute.
  it.skipIf(process.platform === 'win32')(
    'G04 starts an AppImage by its own path, in the folder that XDG_CONFIG_HOME names',
    async () => {
      const config = await temporaryHome();
      const { start } = await onLinux({
        env: { APPIMAGE: '/home/anna/Token Tray.AppImage', APPDIR: '/tmp/.mount_x', XDG_CONFIG_HOME: config },
        execPath: '/tmp/.mount_x/token-tray-electron',
      });
      await start.set(true);
      expect(await readFile(join(config, 'autostart/token-tray.desktop'), 'utf8')).toContain(
        'Exec="/home/anna/Token Tray.AppImage" "--hidden"\n',
      );
    },
  );

  it.each([
    ['100%/tray', '"100%%/tray"'],
    ['a"b', String.raw`"a\\"b"`],
    ['$HOME/`id`', String.raw`"\\$HOME/\\` + '`id' + String.raw`\\` + '`"'],
    [String.raw`a\b`, String.raw`"a\\\\b"`],
    ['a\nExec=evil', String.raw`"a\nExec=evil"`],
  ])('G04 escapes a path as the specification says: %j', (path, escaped) => {
    expect(autostartEntry('Token Tray', [path])).toContain(`\nExec=${escaped} "--hidden"\n`);
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
  const surroundings = { env: {}, homedir: '/', execPath: '/app', appPath: null, isDevelopment: false };

  it.each(['darwin', 'win32'] as const)('is the login item that the system keeps (%s)', async (platform) => {
    const execPath = '/Token Tray/Token Tray.exe';
    const app = new FakeApp(platform, execPath);
    const start = startAtLogin(app.asApp, { ...surroundings, execPath, platform });
    expect(await start.isOn()).toBe(false);
    expect(await outcome(start, true)).toEqual([true, true]);
    expect(Object.values(app.items.all)).toMatchObject([
      { command: platform === 'win32' ? [execPath, '--hidden'] : [execPath] },
    ]);
    expect(await outcome(start, false)).toEqual([false, false]);
  });

  it('G04 is what a person chose in the system’s settings', async () => {
    const [onWindows, onMac] = [new FakeApp('win32'), new FakeApp('darwin')];
    const windows = startAtLogin(onWindows.asApp, { ...surroundings, platform: 'win32' });
    await windows.set(true);
    onWindows.item = { executableWillLaunchAtLogin: false };
    expect(await windows.isOn()).toBe(false);
    const mac = startAtLogin(onMac.asApp, { ...surroundings, platform: 'darwin' });
    await mac.set(true);
    onMac.item = { openAtLogin: false, status: 'requires-approval' };
    expect(await mac.isOn()).toBe(false);
  });

  it('is told by the system on macOS, by our switch elsewhere', () => {
    const app = new FakeApp('darwin');
    app.item = { wasOpenedAtLogin: true };
    expect(openedAtLogin(app.asApp, 'darwin', ['/app'])).toBe(true);
    expect(openedAtLogin(app.asApp, 'win32', ['/app'])).toBe(false);
    expect(openedAtLogin(app.asApp, 'win32', ['/app', '--hidden'])).toBe(true);
  });
});

describe('the start at login of a checkout', () => {
  const surroundings = { env: {}, homedir: '/', appPath: '/my clone', isDevelopment: false };

  it('T15 on Windows is an entry of its own that starts the app, and leaves the installed one as it is', async () => {
    const file = join(await temporaryHome(), 'login-items.json');
    const entries = () => new FakeApp('win32', '', true, file).items.all;
    const installed = startAtLogin(new FakeApp('win32', '/app', true, file).asApp, {
      ...surroundings,
      platform: 'win32',
      execPath: '/app',
      appPath: null,
    });
    await installed.set(true);
    const before = entries();
    const execPath = '/my clone/electron.exe';
    const checkout = startAtLogin(new FakeApp('win32', execPath, false, file).asApp, {
      ...surroundings,
      platform: 'win32',
      execPath,
    });
    expect(await checkout.isOn()).toBe(false);
    expect(await outcome(checkout, true)).toEqual([true, true]);
    expect(entries()).toEqual({
      ...before,
      'io.github.token-tray.checkout': { command: [execPath, '/my clone', '--hidden'], enabled: true },
    });
    expect(await outcome(checkout, false)).toEqual([false, false]);
    expect(entries()).toEqual(before);
  });

  it('T15 on Linux is a file of its own, and neither changes the other’s', async () => {
    const execPath = '/my clone/node_modules/electron/dist/electron';
    const installed = await onLinux();
    await installed.start.set(true);
    const { homedir } = installed;
    // A terminal inside an editor that is an AppImage.
    const env = { APPIMAGE: '/editor.AppImage', APPDIR: '/tmp/.mount_editor' };
    const checkout = await onLinux({ homedir, execPath, appPath: '/my clone', env });
    expect(await checkout.start.isOn()).toBe(false);
    await checkout.start.reconcile();
    expect(await outcome(checkout.start, true)).toEqual([true, true]);
    expect(await checkout.exec()).toBe(`"${execPath}" "/my clone" "--hidden"`);
    expect(await readFile(checkout.file, 'utf8')).toContain('\nName=Token Tray (checkout)\n');
    await (await onLinux({ homedir, env })).start.reconcile();
    expect(await checkout.exec()).toContain('/my clone');
    expect(await installed.exec()).toBe('"/opt/Token Tray/token-tray-app" "--hidden"');
    await checkout.start.set(false);
    expect(await installed.start.isOn()).toBe(true);
  });

  it('T15 on Windows leaves the installed app’s shortcut in the Start menu, which goes by the name', () => {
    const [release, checkout] = [{ isPackaged: true }, { isPackaged: false }];
    expect(appName(release)).toBe('Token Tray');
    expect(appName(checkout)).toBe('Token Tray (checkout)');
    expect(appUserModelId(checkout)).not.toBe(appUserModelId(release));
  });

  it('T15 is not offered where the system could not start it: on macOS, and with a development server', async () => {
    const app = new FakeApp('darwin', '/Electron.app/Contents/MacOS/Electron', false);
    const mac = startAtLogin(app.asApp, { ...surroundings, platform: 'darwin', execPath: '/e' });
    const development = await onLinux({ appPath: '/my clone', isDevelopment: true });
    for (const start of [mac, development.start]) {
      expect(start.isOffered).toBe(false);
      expect(await outcome(start, true)).toEqual([false, false]);
    }
    expect(app.items.all).toEqual({});
    await expect(readFile(development.file)).rejects.toThrow('ENOENT');
    expect((await onLinux({ appPath: '/my clone' })).start.isOffered).toBe(true);
  });
});

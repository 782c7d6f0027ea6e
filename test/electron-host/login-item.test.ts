import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryHome } from '../support/temporary-home.ts';
import { LoginItems } from './api/login-item.ts';

const execPath = String.raw`C:\Program Files\Token Tray\Token Tray.exe`;
const quoted = `"${execPath}"`;

async function itemsOn(platform: NodeJS.Platform, file?: string) {
  const ids = { own: 'own' };
  const path = file ?? join(await temporaryHome(), 'items.json');
  const items = new LoginItems({ platform, execPath, file: path, appUserModelId: () => ids.own });
  return { items, ids, path };
}

// shell/browser/browser_win.cc, browser_mac.mm, browser_linux.cc
describe('the login items of the stand-in', () => {
  it('T15 on Windows are kept by AppUserModelID, and one answers for its own path and arguments only', async () => {
    const { items, ids, path } = await itemsOn('win32');
    items.set({ openAtLogin: true, path: quoted, args: ['--hidden'] });
    expect(items.all).toEqual({ own: { command: [execPath, '--hidden'], enabled: true } });
    expect(items.get({ path: quoted, args: ['--hidden'] }).openAtLogin).toBe(true);
    expect(items.get({ path: quoted }).openAtLogin).toBe(false);
    expect(items.get({ path: String.raw`C:\other.exe`, args: ['--hidden'] }).openAtLogin).toBe(false);
    ids.own = 'other';
    expect(items.get({ path: quoted, args: ['--hidden'] }).openAtLogin).toBe(false);
    items.set({ openAtLogin: false });
    expect(Object.keys((await itemsOn('win32', path)).items.all)).toEqual(['own']);
    ids.own = 'own';
    items.set({ openAtLogin: true });
    expect(items.all['own']?.command).toEqual([execPath]);
  });

  it('T15 on Windows tell what is switched off, and find a path with a space in quotes only', async () => {
    const { items } = await itemsOn('win32');
    items.set({ openAtLogin: true, path: quoted, enabled: false });
    const item = { name: 'own', path: execPath, args: [], scope: 'user', enabled: false };
    expect(items.get({ path: quoted })).toMatchObject({
      openAtLogin: true,
      executableWillLaunchAtLogin: false,
      launchItems: [item],
    });
    items.set({ openAtLogin: true, name: 'named', args: ['anything'] });
    expect(items.get({ path: quoted }).executableWillLaunchAtLogin).toBe(true);
    expect(items.get()).toMatchObject({ executableWillLaunchAtLogin: false, launchItems: [] });
  });

  it('T15 on macOS are the running bundle without arguments, on Linux nothing', async () => {
    const { items } = await itemsOn('darwin');
    items.set({ openAtLogin: true, path: '/elsewhere', args: ['--hidden'] });
    expect(items.all).toEqual({ [execPath]: { command: [execPath], enabled: true } });
    expect(items.get()).toEqual({
      openAtLogin: true,
      wasOpenedAtLogin: false,
      executableWillLaunchAtLogin: false,
      status: 'enabled',
    });
    expect(() => items.get({ type: 'agentService' })).toThrow("'name' is required");
    const linux = await itemsOn('linux');
    linux.items.set({ openAtLogin: true });
    expect(linux.items.get()).toEqual({
      openAtLogin: false,
      wasOpenedAtLogin: false,
      executableWillLaunchAtLogin: false,
    });
  });
});

import { describe, expect, it } from 'vitest';
import { relaunchOptions } from '../../electron/desktop/relaunch.ts';

describe('the restart of the app', () => {
  it('T11 keeps its arguments, except for the one that hides the window at login', () => {
    const argv = ['/opt/Token Tray/token-tray-electron', '--api', 'https://auth.example', '--hidden'];
    expect(relaunchOptions({ argv, env: {}, packaged: true })).toEqual({
      args: ['--api', 'https://auth.example'],
    });
  });

  it('T11 starts an AppImage by its own file, unpacked, and takes no foreign one’s', () => {
    const argv = ['/tmp/.mount_TokenT/token-tray-electron', '--port', '0'];
    const env = { APPIMAGE: '/home/anna/Token Tray.AppImage' };
    expect(relaunchOptions({ argv, env, packaged: true })).toEqual({
      execPath: env.APPIMAGE,
      args: ['--appimage-extract-and-run', '--port', '0'],
    });
    const checkout = ['/work/node_modules/electron/dist/electron', '.'];
    expect(relaunchOptions({ argv: checkout, env, packaged: false })).toEqual({ args: ['.'] });
  });
});

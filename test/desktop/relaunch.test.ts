import { describe, expect, it } from 'vitest';
import { relaunchOptions } from '../../electron/desktop/relaunch.ts';

describe('the restart of the app', () => {
  it('T11 keeps its arguments, except for the one that hides the window at login', () => {
    const execPath = '/opt/Token Tray/token-tray-electron';
    const argv = [execPath, '--api', 'https://auth.example', '--hidden'];
    expect(relaunchOptions({ argv, env: {}, execPath })).toEqual({
      args: ['--api', 'https://auth.example'],
    });
  });

  it('T11 starts an AppImage by its own file, unpacked, and takes no foreign one’s', () => {
    const execPath = '/tmp/.mount_TokenT/token-tray-electron';
    const env = { APPDIR: '/tmp/.mount_TokenT', APPIMAGE: '/home/anna/Token Tray.AppImage' };
    expect(relaunchOptions({ argv: [execPath, '--port', '0'], env, execPath })).toEqual({
      execPath: env.APPIMAGE,
      args: ['--appimage-extract-and-run', '--port', '0'],
    });
    // The .deb package or a checkout, started in the terminal of an editor that is an AppImage.
    for (const program of [
      '/opt/Token Tray/token-tray-electron',
      '/src/node_modules/electron/dist/electron',
    ]) {
      expect(relaunchOptions({ argv: [program, '.'], env, execPath: program })).toEqual({ args: ['.'] });
    }
  });
});

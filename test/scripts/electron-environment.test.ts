import { describe, expect, it } from 'vitest';
import { electronEnvironment } from '../../scripts/electron-environment.mjs';

describe('the environment that Electron is started in', () => {
  it('T22 has none of what a terminal inside an editor passes on', () => {
    const ofTheEditor = {
      ELECTRON_RUN_AS_NODE: '1',
      Electron_No_Attach_Console: '1',
      ELECTRON_FORCE_IS_PACKAGED: '1',
      NODE_OPTIONS: '--require /editor/debugger.js',
      APPIMAGE: '/editor.AppImage',
      APPDIR: '/tmp/.mount_editor',
      GTK_PATH: '/snap/code/191/usr/lib/x86_64-linux-gnu/gtk-3.0',
      GIO_MODULE_DIR: '/home/anna/snap/code/common/.cache/gio-modules:/snap/x',
    };
    const ofThePerson = { PATH: '/usr/bin', GTK_PATH: '/usr/lib/gtk-3.0', ELECTRON_ENABLE_LOGGING: '1' };
    expect(electronEnvironment({ ...ofTheEditor, PATH: '/usr/bin' })).toEqual({ PATH: '/usr/bin' });
    expect(electronEnvironment(ofThePerson)).toEqual(ofThePerson);
  });
});

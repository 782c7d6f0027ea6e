import type { Dock, MenuItemConstructorOptions } from 'electron';

/** The menu of the application. It is seldom seen, but pasting a password needs its keys. */
export function applicationMenu(platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  // macOS shows the first menu under the app's name, and looks for Quit there.
  return platform === 'darwin' ? [{ role: 'appMenu' }, { role: 'editMenu' }] : [{ role: 'editMenu' }];
}

/** Takes the app out of the Dock. A package says so in its Info.plist (`LSUIElement`); a checkout runs bare Electron. */
export function leaveDock({
  platform,
  packaged,
  dock,
}: {
  readonly platform: NodeJS.Platform;
  readonly packaged: boolean;
  /** Electron's `app.dock`; undefined: not macOS. */
  readonly dock: Pick<Dock, 'hide'> | undefined;
}): void {
  if (platform === 'darwin' && !packaged) dock?.hide();
}

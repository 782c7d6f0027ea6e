import type { App } from 'electron';

type Packaged = Pick<App, 'isPackaged'>;

/** Windows' name for the program, which its login item and its notifications go by; a checkout has its own. */
export function appUserModelId({ isPackaged }: Packaged): string {
  return isPackaged ? 'io.github.token-tray' : 'io.github.token-tray.checkout';
}

/**
 * The name that Windows shows; null: the app's usual one. For its notifications Electron writes a shortcut of this name
 * into the Start menu, over any other (EnsureShortcut in shell/browser/notifications/win/windows_toast_activator.cc), and
 * a checkout's leads to Electron alone. No key hangs on the name there, as it does on macOS and Linux.
 */
export function nameOnWindows({ isPackaged }: Packaged, platform: NodeJS.Platform): string | null {
  return platform === 'win32' && !isPackaged ? 'Token Tray (checkout)' : null;
}

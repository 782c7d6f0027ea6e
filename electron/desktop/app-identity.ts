import type { App } from 'electron';

type Packaged = Pick<App, 'isPackaged'>;

/** Windows' name for the program, which its login item and its notifications go by; a checkout has its own. */
export function appUserModelId({ isPackaged }: Packaged): string {
  return isPackaged ? 'io.github.token-tray' : 'io.github.token-tray.checkout';
}

/**
 * The app's name. A checkout has its own, because three things go by it:
 * - the key that `safeStorage` keeps: macOS gives a Keychain item only to programs of the same signature
 *   (electron_browser_main_parts.cc);
 * - the Start menu shortcut that Electron writes for notifications, over any other of that name (EnsureShortcut in
 *   shell/browser/notifications/win/windows_toast_activator.cc): a checkout's starts Electron alone;
 * - what people see in the system's lists.
 */
export function appName({ isPackaged }: Packaged): string {
  return isPackaged ? 'Token Tray' : 'Token Tray (checkout)';
}

import type { WebContents } from 'electron';

export interface NavigationGuardParts {
  readonly contents: WebContents;
  /** A link that asks for a window of its own; it opens none, whatever this does. */
  readonly openOutside: (url: string) => void;
}

/**
 * Keeps a page where it is: no navigation of any frame, no redirect, no window, no webview (Electron, "Security", 13
 * and 14). What our own code loads by `loadURL` does not come by here. Dropped files and links are navigations too.
 */
export function guardNavigation({ contents, openOutside }: NavigationGuardParts): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
}

import type { App } from 'electron';
import { startsHidden } from './launch-switches.ts';

/**
 * Makes this process the only one of its kind; `false`: there is one already, which shows its window, and this one
 * has to end. Of what the other was started with, one switch counts: a start at login shows nothing. The rest of it,
 * and whatever data it sends, comes from anybody and is not looked at (CVE-2026-34776).
 */
export function becomeOnlyInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  showWindow: () => void,
): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', (_event, argv) => {
    if (!startsHidden(argv)) showWindow();
  });
  // macOS: the app was opened again, by the Dock, the Finder or Spotlight.
  app.on('activate', showWindow);
  return true;
}

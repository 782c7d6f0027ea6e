import { existsSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import { startsHidden } from './launch-switches.ts';

/** `told`: another process is the one, and shows its window. `unknown`: there may be none, and no lock can be had. */
export type InstanceAnswer = 'only' | 'told' | 'unknown';

/**
 * Makes this process the only one of its kind; unless it becomes that, it has to end. Of what the other was started with,
 * one switch counts: a start at login shows nothing. The rest of it, and whatever data it sends, comes from anybody and is
 * not looked at (CVE-2026-34776).
 */
export function becomeOnlyInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'getPath' | 'on'>,
  showWindow: () => void,
): InstanceAnswer {
  // `false` has three reasons (App::RequestSingleInstanceLock in shell/browser/api/electron_api_app.cc): another process was
  // told, the lock cannot be made, or one is left over from another host name. The second try is for a process that ended
  // right after it was told.
  if (!app.requestSingleInstanceLock()) {
    if (isLockedByAnother(app.getPath('userData'))) return 'told';
    if (!app.requestSingleInstanceLock()) return 'unknown';
  }
  app.on('second-instance', (_event, argv) => {
    if (!startsHidden(argv)) showWindow();
  });
  // macOS: the app was opened again, by the Dock, the Finder or Spotlight.
  app.on('activate', showWindow);
  return 'only';
}

/** Whether a process that runs holds Chromium's lock (chrome/browser/process_singleton_posix.cc, process_singleton_win.cc). */
function isLockedByAnother(userData: string): boolean {
  if (process.platform === 'win32') return existsSync(join(userData, 'lockfile'));
  const [, host, holder] = /^(.*)-(\d+)$/.exec(lockIn(userData)) ?? [];
  // What Chromium makes before it finds that it has no room for its socket stays.
  if (holder === undefined || Number(holder) === process.pid) return false;
  // Chromium takes over the lock of a process that has ended, but for one of another host.
  return host === hostname() || isRunning(Number(holder));
}

function lockIn(userData: string): string {
  try {
    return readlinkSync(join(userData, 'SingletonLock'));
  } catch {
    return '';
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

import type { RelaunchOptions } from 'electron';
import { hiddenSwitch } from './launch-switches.ts';

export interface Started {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly packaged: boolean;
}

/**
 * How the app starts itself again: by the same command line, but with its window, as a person asked for it. An AppImage
 * starts by its own file, since its mount is gone by then; unpacked, because Electron's helper leaves no right to mount
 * it anew (electron-builder, issue 1727).
 */
export function relaunchOptions({ argv, env, packaged }: Started): RelaunchOptions {
  const args = argv.slice(1).filter((arg) => arg !== hiddenSwitch);
  const appImage = env['APPIMAGE'];
  // The variable may also be that of the AppImage which a checkout was started from.
  if (!packaged || appImage === undefined || appImage === '') return { args };
  return { execPath: appImage, args: ['--appimage-extract-and-run', ...args] };
}

import type { RelaunchOptions } from 'electron';
import { appImageOf, type RunningProgram } from './app-image.ts';
import { hiddenSwitch } from './launch-switches.ts';

export interface Started extends RunningProgram {
  readonly argv: readonly string[];
}

/**
 * How the app starts itself again: by the same command line, but with its window, as a person asked for it. An AppImage
 * starts by its own file, since its mount is gone by then; unpacked, because Electron's helper leaves no right to mount
 * it anew (electron-builder, issue 1727).
 */
export function relaunchOptions({ argv, ...program }: Started): RelaunchOptions {
  const args = argv.slice(1).filter((arg) => arg !== hiddenSwitch);
  const appImage = appImageOf(program);
  if (appImage === null) return { args };
  return { execPath: appImage, args: ['--appimage-extract-and-run', ...args] };
}

import { join } from 'node:path';
import type { NativeImage } from 'electron';
import type { StatusFace } from '../contract/status-face.ts';

export interface TrayImagesParts {
  /** Where the rendered icons are: `icons` beside the built main file. */
  readonly folder: string;
  readonly platform: NodeJS.Platform;
  /** Electron's `nativeTheme.shouldUseDarkColorsForSystemIntegratedUI`: the task bar's, not the windows'. */
  readonly isTaskbarDark: () => boolean;
  /** Electron's `nativeImage.createFromPath`; it takes up the `@2x` beside a file by itself. */
  readonly load: (path: string) => NativeImage;
}

/** The image of each state, as this system wants it now. Each file is read once. */
export function trayImages(parts: TrayImagesParts): (icon: StatusFace['icon']) => NativeImage {
  const loaded = new Map<string, NativeImage>();
  return (icon) => {
    const file = trayImageFile(icon, parts.platform, parts.isTaskbarDark());
    const image = loaded.get(file) ?? parts.load(join(parts.folder, file));
    loaded.set(file, image);
    return image;
  };
}

/** The name of a rendered icon's file; `scripts/icons.mjs` makes them. */
export function trayImageFile(
  icon: StatusFace['icon'],
  platform: NodeJS.Platform,
  taskbarDark: boolean,
): string {
  const name = icon.replaceAll('_', '-');
  // By the end of its name macOS knows a template, which takes on the colour of the menu bar.
  if (platform === 'darwin') return `${name}Template.png`;
  if (platform === 'win32') return `${name}-on-${taskbarDark ? 'dark' : 'light'}.ico`;
  return `${name}.png`;
}

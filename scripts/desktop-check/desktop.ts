import type { Desktop } from './step.ts';

export interface System {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The desktop that this program runs on; null: a Linux desktop without a script of its own. */
export function desktopOf({ platform, env }: System): Desktop | null {
  if (platform === 'win32') return 'windows';
  if (platform === 'darwin') return 'macos';
  // A list of names, the most special first (Desktop Entry Specification 1.5, OnlyShowIn).
  const names = (env['XDG_CURRENT_DESKTOP'] ?? '').toLowerCase().split(':');
  if (names.includes('gnome')) return 'gnome';
  return names.includes('kde') ? 'kde' : null;
}

/** `wayland`, `x11`, or what else the login manager says (`XDG_SESSION_TYPE`); `wayland` where it says nothing but a Wayland display is there. */
export function sessionOf({ platform, env }: System): string {
  if (platform !== 'linux') return platform;
  const named = env['XDG_SESSION_TYPE'] ?? '';
  if (named !== '') return named;
  return (env['WAYLAND_DISPLAY'] ?? '') === '' ? 'x11' : 'wayland';
}

import { isLinux, sessions, type Desktop, type Session } from './step.ts';

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

/** What the login manager says (`XDG_SESSION_TYPE`), else by the display that is there; null: not recognised. */
export function sessionOf({ env }: System): Session | null {
  const named = sessions.find((session) => session === env['XDG_SESSION_TYPE']);
  if (named !== undefined) return named;
  if ((env['WAYLAND_DISPLAY'] ?? '') !== '') return 'wayland';
  return (env['DISPLAY'] ?? '') === '' ? null : 'x11';
}

/** What a check, or a list of its steps, is for. */
export interface Target {
  readonly desktop: Desktop;
  readonly session: Session;
  /** Sentences about what was not recognised. */
  readonly remarks: readonly string[];
}

/** The person's choice, else this computer's desktop and session, else KDE's steps and those of Wayland. */
export function targetOf(
  system: System,
  chosen: { readonly desktop: Desktop | null; readonly session: Session | null },
): Target {
  const desktop = chosen.desktop ?? desktopOf(system);
  const session = chosen.session ?? sessionOf(system);
  const shown = (name: string) => `${name}=${system.env[name] ?? ''}`;
  const remarks = [];
  if (desktop === null)
    remarks.push(
      `This desktop has no steps of its own (${shown('XDG_CURRENT_DESKTOP')}): these are KDE’s. Skip what does not apply, or choose others with --desktop.`,
    );
  if (session === null && isLinux(desktop ?? 'kde'))
    remarks.push(
      `The session was not recognised (${shown('XDG_SESSION_TYPE')}): these are the steps for Wayland. Choose others with --session.`,
    );
  return { desktop: desktop ?? 'kde', session: session ?? 'wayland', remarks };
}

/** Why this desktop cannot be checked on this system, in one sentence; null: it can. */
export function refusedDesktop({ desktop }: Pick<Target, 'desktop'>, { platform }: System): string | null {
  if (systemOf(desktop) === (platform === 'win32' || platform === 'darwin' ? platform : 'linux')) return null;
  return `The desktop “${desktop}” belongs to another system, so it cannot be checked here. \`npm run desktop-check -- --steps --desktop ${desktop}\` prints its steps.`;
}

function systemOf(desktop: Desktop): 'win32' | 'darwin' | 'linux' {
  if (desktop === 'windows') return 'win32';
  return desktop === 'macos' ? 'darwin' : 'linux';
}

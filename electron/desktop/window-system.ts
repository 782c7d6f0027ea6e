export interface RunsOn {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Electron's `app.commandLine.getSwitchValue('ozone-platform')`. */
  readonly ozonePlatform: string;
}

/**
 * Whether the app's windows are Wayland's. Chromium chooses before the app's code runs, and writes its choice on the
 * command line (`SetOzonePlatformForLinuxIfNeeded`). A program on XWayland has the rules of X11.
 */
export function isWayland({ platform, env, ozonePlatform }: RunsOn): boolean {
  if (platform !== 'linux') return false;
  if (ozonePlatform === 'wayland' || ozonePlatform === 'x11') return ozonePlatform === 'wayland';
  return env['XDG_SESSION_TYPE'] === 'wayland' || (Boolean(env['WAYLAND_DISPLAY']) && !env['DISPLAY']);
}

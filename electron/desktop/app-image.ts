export interface RunningProgram {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The program that runs (`process.execPath`). */
  readonly execPath: string;
}

/**
 * The AppImage that the program runs from; null: from none. `APPIMAGE` alone does not tell: a terminal inside an editor that is
 * an AppImage passes the editor's own variables on.
 */
export function appImageOf({ env, execPath }: RunningProgram): string | null {
  const { APPDIR, APPIMAGE } = env;
  return APPDIR && APPIMAGE && execPath.startsWith(`${APPDIR}/`) ? APPIMAGE : null;
}

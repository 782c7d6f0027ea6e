declare const TOKEN_TRAY_VERSION: string | undefined;

/** Put in by the build, out of package.json (vite.config.ts). */
export const version = typeof TOKEN_TRAY_VERSION === 'undefined' ? 'not built' : TOKEN_TRAY_VERSION;

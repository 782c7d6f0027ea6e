/**
 * Variables that a terminal passes on from the editor it runs in, and that would start Electron as something else:
 * as plain Node.js, without a console on Windows, as a release, or with the options and debuggers of other programs of
 * Node.js (Electron: docs/api/environment-variables.md, shell/app/electron_main_win.cc, App::IsPackaged).
 */
const inherited = [
  'ELECTRON_RUN_AS_NODE',
  'ELECTRON_NO_ATTACH_CONSOLE',
  'ELECTRON_FORCE_IS_PACKAGED',
  'NODE_OPTIONS',
  // An editor that is an AppImage; the sandbox check and the start at login would take its file for ours.
  'APPDIR',
  'APPIMAGE',
];

/** Where an editor that is a snap finds its own GTK, which other programs cannot load (microsoft/vscode#179086). */
const ofGtk = [
  'GTK_PATH',
  'GTK_EXE_PREFIX',
  'GTK_IM_MODULE_FILE',
  'GDK_PIXBUF_MODULE_FILE',
  'GDK_PIXBUF_MODULEDIR',
  'GIO_MODULE_DIR',
  'GSETTINGS_SCHEMA_DIR',
  'LOCPATH',
];

/** The environment to start Electron in: `env` without what an editor's terminal adds. Names have no case on Windows. */
export function electronEnvironment(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name, value]) => {
      const upper = name.toUpperCase();
      return !inherited.includes(upper) && !(ofGtk.includes(upper) && /\/snap\//.test(value ?? ''));
    }),
  );
}

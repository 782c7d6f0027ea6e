// `npm run dev`: the tray app while it is worked on, by electron-vite: a changed page is taken up at once, a changed
// main process starts the app anew. It has a home of its own and calls itself “Token Tray (checkout)”.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findElectron } from './electron-binary.mjs';
import { electronEnvironment } from './electron-environment.mjs';
import { run } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const electron = findElectron();
if (electron.path === undefined) {
  process.stderr.write(`${electron.reason} The tray app cannot be worked on without.\n`);
  process.exit(1);
}
const home = process.env.TOKEN_TRAY_HOME ?? join(perUserFolder(), 'token-tray-dev');
process.stderr.write(`Working on the tray app, in the home ${home}; Ctrl-C ends it.\n`);
const done = await run(
  process.execPath,
  [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'dev', '--watch', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    // electron-vite passes it on; `NODE_OPTIONS` stays, as an editor's debugger works by it.
    env: {
      ...electronEnvironment(process.env),
      ...(process.env.NODE_OPTIONS && { NODE_OPTIONS: process.env.NODE_OPTIONS }),
      TOKEN_TRAY_HOME: home,
      ELECTRON_EXEC_PATH: electron.path,
    },
  },
);
process.exitCode = done ? 0 : 1;

/** Where the platform keeps programs' own files for this user. */
function perUserFolder() {
  const { APPDATA, LOCALAPPDATA, XDG_CONFIG_HOME } = process.env;
  if (process.platform === 'win32') return LOCALAPPDATA ?? APPDATA ?? homedir();
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return XDG_CONFIG_HOME?.startsWith('/') ? XDG_CONFIG_HOME : join(homedir(), '.config');
}

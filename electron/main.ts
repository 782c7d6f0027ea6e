import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, protocol } from 'electron';
import { homeFolder } from './contract/home.ts';
import { appSchemes } from './desktop/app-scheme.ts';
import { refusedLaunch } from './desktop/launch-switches.ts';
import { becomeOnlyInstance } from './desktop/single-instance.ts';
import { readLaunchOptions } from './launch-options.ts';
import { TrayApp } from './tray-app.ts';

const home = homeFolder({ platform: process.platform, env: process.env, homedir: homedir() });
const refused = refusedLaunch({ argv: process.argv, env: process.env, packaged: app.isPackaged });
if (refused !== null) {
  process.stderr.write(`Token Tray does not start with ${refused}. Start it without.\n`);
  app.exit(1);
}

// Both for ever: the operating system's key for this app hangs on its name, and on Windows on this folder. A folder
// must be there before it can be chosen.
const userData = join(home, 'electron');
mkdirSync(userData, { recursive: true, mode: 0o700 });
const launch = readLaunchOptions(process.argv.slice(1), process.env, { packaged: app.isPackaged });
app.setName(launch.devServer === null ? 'Token Tray' : 'Token Tray Dev');
app.setPath('userData', userData);
app.setAppUserModelId('io.github.token-tray');
protocol.registerSchemesAsPrivileged(appSchemes);

const trayApp = new TrayApp(home, launch);
if (becomeOnlyInstance(app, () => trayApp.showWindow())) {
  // `ready` waits until this module has finished, so nothing here may wait for it.
  void app.whenReady().then(() => trayApp.start());
} else {
  app.exit(0);
}

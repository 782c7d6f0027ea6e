import { homedir } from 'node:os';
import { app, protocol } from 'electron';
import { prepareAppFolders } from './app-folders.ts';
import { homeFolder } from './contract/home.ts';
import { policyPath } from './contract/policy.ts';
import { appName, appUserModelId } from './desktop/app-identity.ts';
import { appSchemes } from './desktop/app-scheme.ts';
import { refusedLaunch, startNothingFromCurrentFolder } from './desktop/launch-switches.ts';
import { becomeOnlyInstance } from './desktop/single-instance.ts';
import { readLaunchOptions } from './launch-options.ts';
import { TrayApp } from './tray-app.ts';

const { platform, env, argv } = process;
const refused = refusedLaunch({ argv, env, packaged: app.isPackaged });
if (refused === null) await begin();
else {
  process.stderr.write(`Token Tray does not start with ${refused}. Start it without.\n`);
  app.exit(1);
}

/** All that has to come before `ready`, which waits until this module has finished. */
async function begin(): Promise<void> {
  startNothingFromCurrentFolder(env, platform);
  const folders = await prepareAppFolders(homeFolder({ platform, env, homedir: homedir() }));
  const launch = readLaunchOptions(argv.slice(1), env, { packaged: app.isPackaged });
  // Both must never change: the operating system's key for this app depends on its name, and on Windows on this folder.
  app.setName(appName(app));
  app.setPath('userData', folders.userData);
  app.setAppUserModelId(appUserModelId(app));
  protocol.registerSchemesAsPrivileged(appSchemes);

  const trayApp = new TrayApp(folders, launch, policyPath(platform, env['ProgramData']));
  const instance = becomeOnlyInstance(app, () => trayApp.showWindow());
  if (instance === 'told') app.exit(0);
  else
    void app
      .whenReady()
      .then(() => (instance === 'only' ? trayApp.start() : trayApp.cannotLock(folders.userData)));
}

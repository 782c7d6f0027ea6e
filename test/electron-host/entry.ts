// Loads the app's main module and then lets `ready` come, as Electron's own start does (lib/browser/init.ts). One that
// waits for `ready` at its top level waits for ever.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './api/app.ts';
import { openControlChannel } from './control/control-channel.ts';
import './electron.ts';

openControlChannel();
await import(pathToFileURL(resolve(process.argv[1] ?? '')).href);
app.mainModuleFinished();

// Puts the stand-in in the place of the module `electron`; started by register.mjs.
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { electronVersion, hostSettings } from './control/settings.ts';

const standIn = new URL('electron.ts', import.meta.url).href;
const entry = new URL('entry.ts', import.meta.url).href;
const main = pathToFileURL(resolve(process.argv[1] ?? '')).href;
let started = false;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (/^electron(\/main|\/common)?$/.test(specifier)) {
      // The stand-in's own sources ask for Electron's types alone, which are gone by now.
      return { url: standIn, format: 'module-typescript', shortCircuit: true };
    }
    const resolved = nextResolve(specifier, context);
    // As in Electron, the app's main module is loaded by another, which learns when it has finished.
    if (!started && resolved.url === main) {
      started = true;
      return { url: entry, format: 'module-typescript', shortCircuit: true };
    }
    return resolved;
  },
});

const dressing = {
  type: 'browser',
  defaultApp: true,
  versions: { ...process.versions, electron: electronVersion, chrome: '156.0.0.0' },
  resourcesPath: hostSettings.resources ?? resolve('node_modules/electron/dist/resources'),
};
for (const [name, value] of Object.entries(dressing)) {
  Object.defineProperty(process, name, { value, configurable: true, enumerable: true });
}

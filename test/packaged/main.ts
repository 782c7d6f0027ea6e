// `npm run smoke -- FOLDER`: the whole job with a packaged app (`/opt/Token Tray`, `win-unpacked`, an .app); then one
// byte of its code is changed for a moment, and it has to refuse it. An AppImage, which is one file, does the job alone.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { installedApp, type InstalledApp } from '../../packaging/installed-app.ts';
import { checkPackage } from '../../packaging/check-package.ts';
import { changed, smoke, smokeChanged, type Command } from './smoke.ts';

const [folder] = process.argv.slice(2);
if (folder?.endsWith('.AppImage') === true) {
  await smoke([resolve(folder)], (line) => console.log(line));
  process.exit();
}
const app = folder === undefined ? null : installedApp(folder);
if (folder === undefined || app === null) {
  console.error('npm run smoke -- FOLDER: the folder of a packaged Token Tray, or its .app');
  process.exit(2);
}
const command = commandOf(folder, app);
await smoke(command, (line) => console.log(line));
if (app.system === 'linux') {
  await checkChangedCopy(folder);
  console.log('With one byte of its code changed the check finds it.');
} else {
  await smokeChanged(join(app.resources, 'app.asar'), command);
  console.log('With one byte of its code changed it does not start.');
}

function commandOf(path: string, { system, program }: InstalledApp): Command {
  if (system === 'linux') return [join(path, 'token-tray-app')];
  if (system === 'win32') return [program];
  const [name = ''] = readdirSync(join(program, 'Contents/MacOS'));
  return [join(program, 'Contents/MacOS', name)];
}

/** Electron checks no archive on Linux, where root owns it; our own check has to see the change. */
async function checkChangedCopy(path: string): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'token-tray-changed-'));
  try {
    cpSync(path, copy, { recursive: true });
    const archive = join(copy, 'resources/app.asar');
    writeFileSync(archive, changed(readFileSync(archive)));
    const findings = await checkPackage(copy);
    if (findings.every(({ good }) => good)) throw new Error('The check does not see a changed archive.');
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

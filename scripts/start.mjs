// `npm start`: the tray app on a desktop; elsewhere one line that says why not, and the headless agent.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { whenOrphaned } from './orphaned.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
const noDisplay = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
const electron = noDisplay ? null : electronBinary();
if (electron !== null) run(electron, [root, ...args]);
else {
  const reason = noDisplay ? 'There is no display here.' : 'Electron’s binary could not be fetched.';
  process.stderr.write(`${reason} Running the headless agent instead; Ctrl-C ends it.\n`);
  run(process.execPath, [join(root, 'out/cli/token-tray.cjs'), 'agent', ...args]);
}

/** The path of Electron's binary, fetched if it is not there yet; null: it cannot be had. */
function electronBinary() {
  const { resolve } = createRequire(import.meta.url);
  if (!existsSync(join(dirname(resolve('electron/package.json')), 'path.txt'))) {
    process.stderr.write('Fetching Electron, once …\n');
    if (spawnSync(process.execPath, [resolve('electron/install.js')], { stdio: 'ignore' }).status !== 0)
      return null;
  }
  try {
    return createRequire(import.meta.url)('electron');
  } catch {
    return null;
  }
}

function run(program, programArgs) {
  const child = spawn(program, programArgs, { stdio: 'inherit' });
  // The terminal sends Ctrl-C to both; whatever else asks us to end is passed on, as is our parent's end.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  whenOrphaned(() => child.kill('SIGTERM'));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

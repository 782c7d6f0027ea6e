// `npm start`: the tray app on a desktop; elsewhere one line that says why not, and the headless agent.
import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
const reason = whyNoTrayApp();
if (reason === null) run(electronBinary(), [root, ...args]);
else {
  process.stderr.write(`${reason} Running the headless agent instead; Ctrl-C ends it.\n`);
  run(process.execPath, [`${root}/out/cli/token-tray.cjs`, 'agent', ...args]);
}

/** Null where the tray app can run; else the reason, as a sentence. */
function whyNoTrayApp() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return 'There is no display here.';
  return electronBinary() === null ? 'Electron’s binary could not be fetched.' : null;
}

/** The path of Electron's binary. The package fetches it when it is first asked for; null: it cannot be had. */
function electronBinary() {
  const installer = createRequire(import.meta.url).resolve('electron/install.js');
  if (spawnSync(process.execPath, [installer], { stdio: ['ignore', 2, 2] }).status !== 0) return null;
  try {
    return createRequire(import.meta.url)('electron');
  } catch {
    return null;
  }
}

function run(program, programArgs) {
  const child = spawn(program, programArgs, { stdio: 'inherit' });
  // The terminal sends Ctrl-C to both; whatever else asks us to end is passed on.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

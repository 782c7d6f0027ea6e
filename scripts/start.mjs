// `npm start`: the tray app on a desktop; elsewhere one line that says why not, and the headless agent.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findElectron } from './electron-binary.mjs';
import { electronEnvironment } from './electron-environment.mjs';
import { whenOrphaned } from './orphaned.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
const electron = findElectron();
if (electron.path !== undefined) run(electron.path, [root, ...args], electronEnvironment(process.env));
else {
  process.stderr.write(`${electron.reason} Running the headless agent instead; Ctrl-C ends it.\n`);
  run(process.execPath, [join(root, 'out/cli/token-tray.cjs'), 'agent', ...args], process.env);
}

function run(program, programArgs, env) {
  const child = spawn(program, programArgs, { stdio: 'inherit', env });
  // The terminal sends Ctrl-C to both; whatever else asks us to end is passed on, as is our parent's end.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  whenOrphaned(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    process.stderr.write(`It could not be started: ${error.message}.\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

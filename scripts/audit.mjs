// `npm run audit:shipped`: npm's known vulnerabilities of what the artifacts are shipped with, Electron included.
// `npm audit --omit=dev` leaves Electron out, as it is a development package.
import { artifacts, withShipped } from './shipped.mjs';
import { runNpm } from './run.mjs';

for (const artifact of Object.keys(artifacts)) {
  process.stdout.write(`${artifacts[artifact].title}: `);
  const passed = await withShipped(artifact, (cwd) =>
    runNpm(['audit', '--package-lock-only'], { cwd, stdio: ['ignore', 'inherit', 'inherit'] }),
  );
  if (!passed) process.exitCode = 1;
}

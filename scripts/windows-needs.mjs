// Before `npm run test:windows`, ahead of what takes minutes: ends with what is missing where it cannot run.
import { spawnSync } from 'node:child_process';

const { platform, arch } = process;
const may = platform === 'linux' && arch === 'x64' && process.getuid() === 0;
// A mount and a process namespace: a container often may not make them.
const tools = [
  ['apt-get', '--version'],
  ['unshare', '--mount', '--pid', '--fork', 'true'],
];
if (!may || tools.some(([program, ...args]) => spawnSync(program, args, { stdio: 'ignore' }).status !== 0)) {
  process.stderr.write(
    'npm run test:windows needs a Debian machine (x64), as root, where it may mount folders: there it sets up Wine 10. On Windows, npm test runs the same tests.\n',
  );
  process.exit(1);
}

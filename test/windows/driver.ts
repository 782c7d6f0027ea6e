// Run by node.exe: starts it again with the given arguments and Windows' own pipes as standard streams.
import { spawn } from 'node:child_process';

const child = spawn(process.execPath, process.argv.slice(2), { stdio: ['ignore', 'pipe', 'pipe'] });
child.stdout.pipe(process.stdout);
child.stderr.pipe(process.stderr);
child.on('exit', (code) => (process.exitCode = code ?? 1));

// Run by node.exe as a program of its own, in a console of its own: presses there the keys that its standard input names, a
// line each: ctrl-c, ctrl-break. argv: the command line of a program in the same console, whose standard output and error
// are this one's; at its end a line `ended CODE` follows on standard error.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import koffi from 'koffi';

const generateEvent = koffi
  .load('kernel32.dll')
  .func('bool __stdcall GenerateConsoleCtrlEvent(uint32_t event, uint32_t group)');

// What ends the program is not to end this one.
for (const signal of ['SIGINT', 'SIGBREAK']) process.on(signal, () => undefined);

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('exit', (code) => {
  process.stderr.write(`\nended ${String(code)}\n`);
  process.stdin.destroy();
});

const events = new Map([
  ['ctrl-c', 0],
  ['ctrl-break', 1],
]);
createInterface({ input: process.stdin }).on('line', (line) => {
  const event = events.get(line);
  if (event !== undefined) generateEvent(event, 0);
});

// Run by node.exe as a program of its own: has a console window with a program in it, and makes what its standard input
// names happen to that console, a line each: ctrl-c, ctrl-break, close. argv: the program's command line. The program's
// standard output and error are this one's; at its end a line `ended CODE` follows on standard error.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import koffi from 'koffi';

const kernel = koffi.load('kernel32.dll');
const user = koffi.load('user32.dll');
const freeConsole = kernel.func('bool __stdcall FreeConsole()') as () => boolean;
const allocConsole = kernel.func('bool __stdcall AllocConsole()') as () => boolean;
const generateEvent = kernel.func('bool __stdcall GenerateConsoleCtrlEvent(uint32_t event, uint32_t group)');
const consoleWindow = kernel.func('intptr_t __stdcall GetConsoleWindow()') as () => number;
const postMessage = user.func(
  'bool __stdcall PostMessageW(intptr_t window, uint32_t message, uintptr_t w, intptr_t l)',
);
const closing = 0x10;

freeConsole();
if (!allocConsole()) throw new Error('There is no console.');
// What ends the program is not to end this one.
for (const signal of ['SIGINT', 'SIGBREAK', 'SIGHUP']) process.on(signal, () => undefined);

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('exit', (code) => {
  process.stderr.write(`\nended ${String(code)}\n`);
  process.stdin.destroy();
});

const events: Readonly<Record<string, () => unknown>> = {
  'ctrl-c': () => generateEvent(0, 0) as boolean,
  'ctrl-break': () => generateEvent(1, 0) as boolean,
  close: () => postMessage(consoleWindow(), closing, 0, 0) as boolean,
};
createInterface({ input: process.stdin }).on('line', (line) => void events[line]?.());

// Run by node.exe as a program of its own: a console window with a program in it, ruled by lines on standard input.
// argv: the program's command line. Lines in: {"press":"ctrl-c"|"ctrl-break"|"close"}, {"type":"text"}, {"read":true}.
// Lines out: {"screen":"…"} for each read, {"code":0} when the program has ended.
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import koffi from 'koffi';

const kernel = koffi.load('kernel32.dll');
const user = koffi.load('user32.dll');
const freeConsole = kernel.func('bool __stdcall FreeConsole()') as () => boolean;
const allocConsole = kernel.func('bool __stdcall AllocConsole()') as () => boolean;
const generateEvent = kernel.func('bool __stdcall GenerateConsoleCtrlEvent(uint32_t event, uint32_t group)');
const consoleWindow = kernel.func('intptr_t __stdcall GetConsoleWindow()');
const postMessage = user.func(
  'bool __stdcall PostMessageW(intptr_t window, uint32_t message, uintptr_t w, intptr_t l)',
);
const createFile = kernel.func(
  'intptr_t __stdcall CreateFileW(str16 name, uint32_t access, uint32_t share, intptr_t security, uint32_t how, uint32_t flags, intptr_t template)',
);
const readScreen = kernel.func(
  'bool __stdcall ReadConsoleOutputCharacterW(intptr_t output, _Out_ uint16_t *text, uint32_t length, uint32_t from, _Out_ uint32_t *read)',
);
const writeInput = kernel.func(
  'bool __stdcall WriteConsoleInputW(intptr_t input, const uint8_t *records, uint32_t count, _Out_ uint32_t *written)',
);

interface Order {
  readonly press?: string;
  readonly type?: string;
  readonly read?: boolean;
}

const keyEvent = 1;
const columns = 80;
const rows = 40;
const readAndWrite = 0xc0000000;
const shared = 3;
const existing = 3;

freeConsole();
if (!allocConsole()) throw new Error('no console');
const output = createFile('CONOUT$', readAndWrite, shared, 0, existing, 0, 0) as number;
const input = createFile('CONIN$', readAndWrite, shared, 0, existing, 0, 0) as number;
// What ends the program is not to end this one.
for (const signal of ['SIGINT', 'SIGBREAK', 'SIGHUP']) process.on(signal, () => undefined);

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, {
  stdio: [openSync('CONIN$', 'r+'), openSync('CONOUT$', 'r+'), openSync('CONOUT$', 'r+')],
});
child.on('exit', (code) => say({ code }));

createInterface({ input: process.stdin }).on('line', (line) => {
  const { press, type, read } = JSON.parse(line) as Order;
  if (press === 'ctrl-c') generateEvent(0, 0);
  if (press === 'ctrl-break') generateEvent(1, 0);
  if (press === 'close') say({ closed: postMessage(consoleWindow(), 0x10, 0, 0) as boolean });
  if (type !== undefined) for (const character of type) typeCharacter(character);
  if (read) say({ screen: screen() });
});
process.stdin.on('end', () => child.kill());

function screen(): string {
  const text = new Uint16Array(columns * rows);
  readScreen(output, text, text.length, 0, [0]);
  const lines: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    lines.push(String.fromCharCode(...text.subarray(row * columns, (row + 1) * columns)).trimEnd());
  }
  return lines.join('\n').trimEnd();
}

/** An INPUT_RECORD with a KEY_EVENT_RECORD of 16 bytes at offset 4, down and up. */
function typeCharacter(character: string): void {
  for (const down of [1, 0]) {
    const record = Buffer.alloc(20);
    record.writeUInt16LE(keyEvent, 0);
    record.writeInt32LE(down, 4);
    record.writeUInt16LE(1, 8);
    record.writeUInt16LE(character === '\r' ? 0x0d : 0, 10);
    record.writeUInt16LE(character.charCodeAt(0), 14);
    writeInput(input, record, 1, [0]);
  }
}

function say(message: unknown): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

import { accessSync, closeSync, constants, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The machines that a program may be built for to run here (`e_machine`, elf(5)); others are not known. */
const elfMachines: Readonly<Partial<Record<NodeJS.Architecture, readonly number[]>>> = {
  x64: [62, 3],
  arm64: [183, 40],
};

/** The file that a command means, as execvp(3) looks for it; null: there is none. */
export function locateCommand(
  command: string,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  if (command.includes('/')) return kindOf(command) === 'absent' ? null : command;
  const folders = (env['PATH'] ?? '/bin:/usr/bin').split(':');
  const files = folders
    .map((folder) => join(folder || '.', command))
    .filter((file) => kindOf(file) === 'other');
  return files.find(isExecutable) ?? files[0] ?? null;
}

/** `other` includes what this user cannot look at. */
export function kindOf(path: string): 'absent' | 'folder' | 'other' {
  try {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === undefined) return 'absent';
    return status.isDirectory() ? 'folder' : 'other';
  } catch {
    return 'other';
  }
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The program that a script's first line names; null: it names none, or cannot be read. */
export function interpreterOf(file: string): string | null {
  return shebangOf(file)[0] ?? null;
}

/** The words of a script's first line after its `#!`: its interpreter, then options. */
export function shebangOf(file: string): readonly string[] {
  const [, line = ''] = /^#!([^\n]*)/.exec(firstBytes(file).toString('latin1')) ?? [];
  return line.split(/[ \t]+/).filter(Boolean);
}

/** Whether it is neither a script nor a program that Linux runs by itself on this machine. */
export function isForeignProgram(file: string): boolean {
  const start = firstBytes(file);
  if (start.toString('latin1', 0, 4) === '\u007fELF' && start.length >= 20) {
    const machine = start[5] === 2 ? start.readUInt16BE(18) : start.readUInt16LE(18);
    return elfMachines[process.arch]?.includes(machine) === false;
  }
  // A shell's own test: text has no NUL in its first line.
  const [firstLine = ''] = start.toString('latin1').split('\n', 1);
  return firstLine.includes('\0');
}

/** Whether other kinds of programs are registered with the kernel, as Wine and QEMU do (binfmt_misc). */
export function otherKindsAreRun(): boolean {
  try {
    const kinds = readdirSync('/proc/sys/fs/binfmt_misc');
    return kinds.some((name) => !['register', 'status'].includes(name));
  } catch {
    return false;
  }
}

/** As many as the kernel looks at; nothing of what is not a readable file. */
function firstBytes(path: string): Buffer {
  let file: number | null = null;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const bytes = Buffer.alloc(256);
    return bytes.subarray(0, readSync(file, bytes));
  } catch {
    return Buffer.alloc(0);
  } finally {
    if (file !== null) closeSync(file);
  }
}

import { fstatSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';

let ignored: boolean | null = null;

/**
 * Whether we were started with SIGHUP ignored, as by `nohup` or below `trap "" HUP`. Node gives every signal its default
 * action before any script runs (`ResetSignalHandlers` in node.cc), so only the traces of it can be seen: the name of
 * the command, which bash, zsh and ksh leave in `_`; what GNU `nohup` puts in a terminal's place; and a parent that
 * ignores SIGHUP. What another program sets without such a trace cannot be known.
 */
export function isHangUpIgnored(): boolean {
  ignored ??= process.platform !== 'win32' && (isUnderNohup() || parentIgnoresHangUp());
  return ignored;
}

/** Lets a hang-up pass where it is to be ignored. */
export function keepHangUpIgnored(): void {
  if (isHangUpIgnored()) process.on('SIGHUP', () => undefined);
}

function isUnderNohup(): boolean {
  return basename(process.env['_'] ?? '') === 'nohup' || hasNohupsInput() || hasNohupsOutput();
}

/** In a terminal's place as standard input, GNU `nohup` opens /dev/null for writing only, as no shell does. */
function hasNohupsInput(): boolean {
  const flags = /^flags:\s*(\d+)$/m.exec(readOrNothing('/proc/self/fdinfo/0'))?.[1];
  const writeOnly = flags !== undefined && (Number.parseInt(flags, 8) & 3) === 1;
  return writeOnly && isSameFile(0, '/dev/null');
}

/** In its place as standard output, `nohup.out` here or in the home folder (POSIX). */
function hasNohupsOutput(): boolean {
  return [1, 2].some(
    (descriptor) =>
      isSameFile(descriptor, 'nohup.out') || isSameFile(descriptor, join(homedir(), 'nohup.out')),
  );
}

/** Other signals are not looked at: shells and `system()` ignore them for themselves alone. */
function parentIgnoresHangUp(): boolean {
  const mask = /^SigIgn:\s*([\da-f]+)$/m.exec(readOrNothing(`/proc/${process.ppid}/status`))?.[1];
  return mask !== undefined && (BigInt(`0x${mask}`) & 1n) === 1n;
}

function isSameFile(descriptor: number, path: string): boolean {
  try {
    const [one, other] = [fstatSync(descriptor), statSync(path)];
    return one.dev === other.dev && one.ino === other.ino;
  } catch {
    return false;
  }
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

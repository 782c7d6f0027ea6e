import { win32 } from 'node:path';
import { failed, succeeded, type Result } from '../contract/result.ts';
import { kindOf, shebangOf } from './command-file.ts';
import { badInterpreter, cannotRun, notAProgram, notFound, type FailedStart } from './failed-start.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How files are looked at; a test on another system gives its own. */
export interface WindowsFiles {
  readonly kindOf: (path: string) => 'absent' | 'folder' | 'other';
  readonly shebangOf: (path: string) => readonly string[];
}

/** What Windows itself uses where PATHEXT is not set. */
const defaultExtensions = '.COM;.EXE;.BAT;.CMD';

/**
 * The command with its program's whole path, for cross-spawn, which starts batch files by cmd.exe. Windows and
 * cross-spawn would look for a name in the current folder before PATH: a program that somebody put there, such as
 * `npm.cmd` in a repository, would get the token. As in PowerShell, `.\npm` starts it.
 */
export function findWindowsCommand(
  command: readonly string[],
  env: Environment,
  files: WindowsFiles = { kindOf, shebangOf },
): Result<readonly string[], FailedStart> {
  const [name = '', ...args] = command;
  const file = locate(name, env, files);
  if (file === null) return failed(explainAbsence(name, env, files));
  const extension = win32.extname(file).toLowerCase();
  if (['.exe', '.com'].includes(extension)) return succeeded([file, ...args]);
  if (extension === '.ps1') {
    return failed(
      cannotRun(name, 'it is a script of PowerShell. Start it as: powershell -File, then its path.'),
    );
  }
  const isBatch = ['.cmd', '.bat'].includes(extension);
  const shebang = isBatch ? [] : files.shebangOf(file);
  if (shebang.length > 0) return byInterpreter(shebang, { name, file, args }, env, files);
  if (args.some((argument) => /[\r\n]/.test(argument))) {
    return failed(cannotRun(name, 'cmd.exe takes no line break in an argument. Check the arguments.'));
  }
  if (isBatch && isUnsafeForBatch(file, args)) {
    return failed(
      cannotRun(
        name,
        'a batch file cannot take " in one argument and any of & | < > ^ ( ) in the same or another. Give them in a file, ' +
          'or start the program that the batch file starts.',
      ),
    );
  }
  return extension === '' ? failed(cannotRun(name, notAProgram)) : succeeded([file, ...args]);
}

/**
 * A batch file's `%*` is read by cmd.exe a second time: a quotation mark then ends the quotes, and what follows, such as
 * `& calc`, would run as a command of its own (CVE-2024-24576). cross-spawn escapes twice for the batch files of
 * `node_modules/.bin` alone.
 */
function isUnsafeForBatch(file: string, args: readonly string[]): boolean {
  if (/node_modules[\\/]\.bin[\\/][^\\/]+\.cmd$/i.test(file)) return false;
  const holds = (pattern: RegExp) => args.some((argument) => pattern.test(argument));
  return holds(/"/) && holds(/[&|<>^()]/);
}

/** `#!/usr/bin/env node` and `#!/bin/sh` mean programs of PATH here: the folders are those of Unix. */
function byInterpreter(
  shebang: readonly string[],
  { name, file, args }: { readonly name: string; readonly file: string; readonly args: readonly string[] },
  env: Environment,
  files: WindowsFiles,
): Result<readonly string[], FailedStart> {
  const [path = '', ...words] = shebang.map((word) => word.replace(/\r$/, ''));
  const [program = '', ...options] = path.endsWith('/env')
    ? words.filter((word) => word !== '-S')
    : [path, ...words];
  const found = locate(win32.basename(program), env, files);
  if (found === null) return failed(cannotRun(name, badInterpreter(program, 'does not exist')));
  return succeeded([found, ...options, file, ...args]);
}

function explainAbsence(name: string, env: Environment, files: WindowsFiles): FailedStart {
  if (isPath(name)) {
    return files.kindOf(name) === 'folder'
      ? cannotRun(name, 'it is a folder. Name a program.')
      : notFound(name);
  }
  const here = `.\\${name}`;
  if (locate(here, env, files) === null) return notFound(name);
  const { exitCode, sentence } = notFound(name);
  return { exitCode, sentence: `${sentence} The one in the current folder starts as: ${here}` };
}

/** The file that a command means; null: there is none. */
function locate(name: string, env: Environment, files: WindowsFiles): string | null {
  if (name === '') return null;
  const folders = isPath(name) ? [''] : foldersOf(valueOf('PATH', env) ?? '');
  const extensions = (valueOf('PATHEXT', env) ?? defaultExtensions).split(';').filter(Boolean);
  // What names its extension is taken as it is; else a file without any comes last, as npm puts one beside each .cmd.
  const whole = win32.extname(name) === '' ? [extensions, ['']] : [['', ...extensions]];
  for (const tried of whole) {
    for (const folder of folders) {
      for (const extension of tried) {
        const file = win32.resolve(folder, `${name}${extension}`);
        if (files.kindOf(file) === 'other') return file;
      }
    }
  }
  return null;
}

function isPath(name: string): boolean {
  return /[\\/:]/.test(name);
}

/** Quotes keep a semicolon in a folder's name. */
function foldersOf(path: string): readonly string[] {
  return (path.match(/(?:"[^"]*"|[^;"])+/g) ?? []).map((folder) => folder.replaceAll('"', ''));
}

/** Names have no case on Windows, and the copy of an environment has one. */
function valueOf(name: string, env: Environment): string | null {
  const found = Object.entries(env).find(([known]) => known.toUpperCase() === name);
  return found?.[1] ?? null;
}

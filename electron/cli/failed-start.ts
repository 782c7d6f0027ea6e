import {
  interpreterOf,
  isExecutable,
  isForeignProgram,
  kindOf,
  locateCommand,
  otherKindsAreRun,
} from './command-file.ts';

/** Why a command could not be started, and what a shell ends with then: 127 not found, 126 found and not run. */
export interface FailedStart {
  readonly exitCode: 126 | 127;
  readonly sentence: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

export const notAProgram =
  'it is neither a program for this system nor a script with a #! line. Check the file.';
const noRoom = 'the system has no room for another process. Try again later.';
const tooManyFiles = 'too many files are open. Raise the limit (ulimit -n), or try again later.';

const causes: Readonly<Record<string, string>> = {
  E2BIG: 'its arguments and environment are larger than the system allows. Pass large data through a file.',
  ENOTDIR: 'a part of its path is a file, not a folder. Check the path.',
  ELOOP:
    'its symbolic links lead in a circle, or its interpreter is a script as well. Check where they lead.',
  ENAMETOOLONG: 'its name is too long. Check the name.',
  ENOEXEC: notAProgram,
  // Windows: a file named .exe that is no program of it, or of another kind of processor.
  EFTYPE: notAProgram,
  ETXTBSY: 'another program is writing to it. Try again when that is done.',
  EAGAIN: noRoom,
  ENOMEM: noRoom,
  EMFILE: tooManyFiles,
  ENFILE: tooManyFiles,
  ERR_INVALID_ARG_VALUE: 'an argument or the token contains a NUL character. Check the arguments.',
};

/**
 * A failure that would go unnoticed: Linux' libraries give a file that is not a program to the shell, which reads it as
 * a script. Null: it can be tried.
 */
export function foreseeFailedStart(command: string, env: Environment): FailedStart | null {
  if (command === '') return notFound(command);
  if (process.platform !== 'linux') return null;
  const file = locateCommand(command, env);
  const fails = file !== null && isForeignProgram(file) && isExecutable(file) && !otherKindsAreRun();
  return fails ? cannotRun(command, notAProgram) : null;
}

/** Finds the cause behind the system error's code that `spawn` failed with. */
export function explainFailedStart(command: string, code: string, env: Environment): FailedStart {
  const cause = causes[code];
  if (cause !== undefined) return cannotRun(command, cause);
  // What Windows does not find has been told before: see `findWindowsCommand`.
  if (process.platform === 'win32' && code === 'EACCES') {
    return cannotRun(
      command,
      'Windows does not let this user start it. Check who may, or start it as an administrator.',
    );
  }
  const file = process.platform === 'win32' ? null : locateCommand(command, env);
  if (file !== null && (code === 'ENOENT' || code === 'EACCES')) {
    return cannotRun(command, causeInFile(file, code));
  }
  // A folder of PATH that cannot be searched, or holds a folder of this name, is passed over.
  const passedOver = code === 'EACCES' && !command.includes('/');
  return code === 'ENOENT' || passedOver
    ? notFound(command)
    : cannotRun(command, `the system said ${code}. Check it.`);
}

function causeInFile(file: string, code: 'ENOENT' | 'EACCES'): string {
  if (kindOf(file) === 'folder') return 'it is a folder. Name a program.';
  if (!isExecutable(file)) return 'this user may not execute it. Check its permissions (chmod u+x).';
  const interpreter = interpreterOf(file);
  if (interpreter?.endsWith('\r')) {
    return 'its first line ends as on Windows (CR LF). Save it with Unix line ends (LF).';
  }
  if (interpreter !== null) {
    return badInterpreter(interpreter, code === 'ENOENT' ? 'does not exist' : 'cannot be executed');
  }
  return code === 'ENOENT'
    ? 'the loader that it was built for does not exist. Get a build for this system.'
    : 'the system does not allow it, as on a disk that is mounted noexec. Move it elsewhere.';
}

export function badInterpreter(interpreter: string, trouble: string): string {
  return `its interpreter “${plain(interpreter)}” ${trouble}. Check its #! line.`;
}

export function notFound(command: string): FailedStart {
  const sentence = `There is no command “${plain(command)}”. Check its name, its path and PATH.`;
  return { exitCode: 127, sentence };
}

export function cannotRun(command: string, cause: string): FailedStart {
  return { exitCode: 126, sentence: `The command “${plain(command)}” cannot be run: ${cause}` };
}

/** Names of files could tell a terminal what to do. */
function plain(text: string): string {
  return text.replace(/\p{Cc}+/gu, '�');
}

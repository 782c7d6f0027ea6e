import { execFile } from 'node:child_process';
import { win32 } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '../contract/child-environment.ts';
import { windowsProgram } from '../contract/windows-program.ts';
import { isAdministratorsAlone } from './windows-access.ts';

const limitMs = 10_000;

// The path comes in the environment, so that nothing in it can be read as a command. A property and no method: on a
// computer with AppLocker PowerShell calls none of .NET's.
const script =
  '(Get-Acl -LiteralPath $env:TOKEN_TRAY_FOLDER).Sddl; (Get-Acl -LiteralPath $env:TOKEN_TRAY_FILE).Sddl';

/**
 * Whether administrators alone can have written a file, as Windows says: every user may make files and folders in
 * ProgramData. Its owner does not tell it. A file of an administrator's that others may write can be written and moved
 * there by them, with its owner; and whoever made the folder decides who may write what is put into it later. Null:
 * PowerShell did not tell, as where it is blocked.
 */
export async function writtenByAdministrators(path: string): Promise<boolean | null> {
  const powershell = windowsProgram('WindowsPowerShell\\v1.0', process.env);
  const env = {
    ...childEnvironment(process.env),
    // PowerShell 7 leaves the way to its own modules to all that is started from it, and this one cannot load them.
    PSModulePath: win32.join(powershell, 'Modules'),
    TOKEN_TRAY_FOLDER: win32.dirname(path),
    TOKEN_TRAY_FILE: path,
  };
  try {
    const { stdout } = await promisify(execFile)(
      win32.join(powershell, 'powershell.exe'),
      ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', script],
      { timeout: limitMs, windowsHide: true, env },
    );
    return stdout.trim().split(/\r?\n/).length < 2 ? null : areAdministratorsAlone(stdout);
  } catch {
    return null;
  }
}

/** Of folder and file, a line for each. */
export function areAdministratorsAlone(answer: string): boolean {
  const lines = answer.trim().split(/\r?\n/);
  return lines.length === 2 && lines.every(isAdministratorsAlone);
}

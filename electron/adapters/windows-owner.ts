import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** SYSTEM, the Administrators, TrustedInstaller (Microsoft, "Well-known SIDs"). */
const administrators = [
  'S-1-5-18',
  'S-1-5-32-544',
  'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464',
];

const limitMs = 10_000;

// The path comes in the environment, so that nothing in it can be read as a command.
const script =
  '(Get-Acl -LiteralPath $env:TOKEN_TRAY_ASKED).GetOwner([System.Security.Principal.SecurityIdentifier]).Value';

/**
 * Whether an administrator owns a file, as Windows says. Every user may put files into ProgramData, but owns what is
 * put there, and nobody but an administrator can give a file to another owner.
 */
export async function ownedByAdministrators(path: string): Promise<boolean> {
  const folder = process.env['SystemRoot'] ?? 'C:\\Windows';
  const powershell = join(folder, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  try {
    const { stdout } = await promisify(execFile)(
      powershell,
      ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', script],
      { timeout: limitMs, windowsHide: true, env: { ...process.env, TOKEN_TRAY_ASKED: path } },
    );
    return isAdministrators(stdout);
  } catch {
    return false;
  }
}

export function isAdministrators(answer: string): boolean {
  return administrators.includes(answer.trim());
}

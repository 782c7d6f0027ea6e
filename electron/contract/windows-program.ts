/**
 * The whole path of a program of Windows itself. By its name alone it would be looked up in the current folder first,
 * where anyone may have put another one.
 */
export function windowsProgram(name: string, env: Readonly<Record<string, string | undefined>>): string {
  return `${env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\${name}`;
}

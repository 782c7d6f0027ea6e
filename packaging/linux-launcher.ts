import { chmod, copyFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What people and their desktops start. The plain name belongs to the command line, which npm may put into /usr/bin. */
export const linuxLauncher = 'token-tray-app';

/** Electron's own program, which the launcher starts; electron/desktop/start-at-login.ts knows the name too. */
export const linuxProgram = 'token-tray-electron';

const check = 'sandbox-check.sh';
const sources = fileURLToPath(new URL('linux/', import.meta.url));

/**
 * Puts the launcher in the program's place. Where Chromium's sandbox cannot start, Electron ends before any line of
 * ours runs; so what says why has to run before Electron.
 */
export async function placeLauncher(folder: string): Promise<void> {
  await rename(join(folder, linuxLauncher), join(folder, linuxProgram));
  for (const file of [linuxLauncher, check]) {
    await copyFile(join(sources, file), join(folder, file));
    await chmod(join(folder, file), 0o755);
  }
}

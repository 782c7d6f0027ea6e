import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A folder for the PATH whose `gdbus` says whether the computer has a place for tray icons: what the stand-in's tray
 * was told last (`tray-host` in the system's folder), else yes. There is no session bus to ask in a test.
 */
export async function desktopBus(systemFolder: string): Promise<string> {
  const folder = join(systemFolder, 'bin');
  const said = join(systemFolder, 'tray-host');
  await mkdir(folder, { recursive: true });
  const script = `#!/bin/sh\necho "(<$(cat '${said}' 2>/dev/null || echo true)>,)"\n`;
  await writeFile(join(folder, 'gdbus'), script, { mode: 0o700 });
  return folder;
}

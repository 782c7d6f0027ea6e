import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A folder for the PATH whose `gdbus` answers for the session bus, which a test has not: whether the computer has a place
 * for tray icons (`tray-host` in the system's folder, else yes), and which name of a key store can be started there
 * (`key-store`, else that of the Secret Service).
 */
export async function desktopBus(systemFolder: string): Promise<string> {
  const folder = join(systemFolder, 'bin');
  const said = (name: string, otherwise: string) =>
    `$(cat '${join(systemFolder, name)}' 2>/dev/null || echo ${otherwise})`;
  await mkdir(folder, { recursive: true });
  const script = `#!/bin/sh
case "$*" in
  *ListActivatableNames*) echo "(['org.freedesktop.DBus', '${said('key-store', 'org.freedesktop.secrets')}'],)" ;;
  *ListNames*) echo "(['org.freedesktop.DBus', ':1.0'],)" ;;
  *) echo "(<${said('tray-host', 'true')}>,)" ;;
esac
`;
  await writeFile(join(folder, 'gdbus'), script, { mode: 0o700 });
  return folder;
}

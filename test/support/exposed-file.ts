import { chmodSync, chownSync, mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { temporaryHome } from './temporary-home.ts';

/** Whether other users reach the tests' folder; not in a temporary folder of this user's own, as macOS has. */
export const othersReach = process.platform !== 'win32' && isOpen(realpathSync(tmpdir()));

function isOpen(folder: string): boolean {
  return (statSync(folder).mode & 0o001) !== 0 && (folder === '/' || isOpen(dirname(folder)));
}

/** A file of this mode in a folder of that one, below folders that others reach where `othersReach`. */
export async function exposedFile(content: string, mode: number, folderMode: number): Promise<string> {
  const above = await temporaryHome();
  const folder = join(above, 'folder');
  mkdirSync(folder);
  const file = join(folder, 'file');
  writeFileSync(file, content);
  // Root's own files in memory count as a container's secrets.
  if (process.getuid?.() === 0) chownSync(file, 60_001, 60_001);
  chmodSync(file, mode);
  chmodSync(above, 0o755);
  chmodSync(folder, folderMode);
  return file;
}

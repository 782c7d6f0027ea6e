import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryHome } from './temporary-home.ts';

const root = join(import.meta.dirname, '../..');
const standIn = join(root, 'test/electron-host/register.mjs');
const main = join(root, 'out/main/main.js');

/**
 * A folder for `ELECTRON_OVERRIDE_DIST_PATH`, with an `electron` in it that takes a folder and arguments as the real
 * one does: here the stand-in. It goes when the test that asked for it is over.
 */
export async function electronFolder(): Promise<string> {
  const folder = await temporaryHome();
  // With that variable the real one is Node.js, and takes a folder for a script.
  const asNode = '[ -z "$ELECTRON_RUN_AS_NODE" ] || exit 9';
  const program = `#!/bin/sh\n${asNode}\nshift\nexec '${process.execPath}' --import '${standIn}' '${main}' "$@"\n`;
  await writeFile(join(folder, 'electron'), program);
  await chmod(join(folder, 'electron'), 0o755);
  return folder;
}

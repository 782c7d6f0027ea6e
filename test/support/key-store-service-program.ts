// Says whether the session bus has a key store: asked by each of the programs that is here, alone, and at last by none.
import { accessSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { hasKeyStoreService } from '../../electron/desktop/key-store-service.ts';

const folders = (process.env['PATH'] ?? '').split(delimiter);

const inPath = (name: string) => folders.map((path) => join(path, name)).find(exists);
const programs = ['gdbus', 'busctl', 'dbus-send'].map(inPath).filter((path) => path !== undefined);

for (const path of [...programs, null]) {
  const folder = await mkdtemp(join(tmpdir(), 'token-tray-bus-'));
  if (path !== null) await symlink(path, join(folder, basename(path)));
  process.env['PATH'] = folder;
  const answer = String(await hasKeyStoreService());
  process.stdout.write(`${JSON.stringify({ answer, detail: path })}\n`);
  await rm(folder, { recursive: true });
}

function exists(path: string): boolean {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
}

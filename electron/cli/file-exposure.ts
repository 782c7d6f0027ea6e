import { realpathSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** What other users of this computer can do with a file. */
export type Exposure = 'none' | 'read' | 'change';

/** The types of file systems in memory (statfs(2)): tmpfs and ramfs. */
const inMemory = [0x01021994, 0x858458f6];

/**
 * `change`: by its mode, the group included. `read`: every user can, by its mode and through each folder above it; the
 * group does not count, because systemd's credentials show the mask of their access list there (0440). `none` also for a
 * container's secret, and on Windows. Throws a system error.
 */
export function exposureOf(file: string): Exposure {
  if (process.platform === 'win32') return 'none';
  const path = realpathSync(file);
  const { mode, uid } = statSync(path);
  if ((mode & 0o026) === 0) return 'none';
  if (isContainerSecret({ path, uid, mode, fileSystem: statfsSync(path).type })) return 'none';
  if ((mode & 0o022) !== 0) return 'change';
  return foldersAbove(path).every(canBeEntered) ? 'read' : 'none';
}

/**
 * Whether a file is where containers get their secrets: in /run/secrets (Docker and Podman, 0444; on some hosts 0777),
 * or in memory, root's and root's alone to change (Kubernetes, 0644). The other users there are the container's own.
 */
export function isContainerSecret({
  path,
  uid,
  mode,
  fileSystem,
}: {
  readonly path: string;
  readonly uid: number;
  readonly mode: number;
  /** `type` of statfs(2). */
  readonly fileSystem: number;
}): boolean {
  const isRootsAlone = uid === 0 && (mode & 0o022) === 0;
  return path.startsWith('/run/secrets/') || (isRootsAlone && inMemory.includes(fileSystem));
}

function canBeEntered(folder: string): boolean {
  return (statSync(folder).mode & 0o001) !== 0;
}

function foldersAbove(path: string): readonly string[] {
  const above = dirname(path);
  return above === path ? [] : [above, ...foldersAbove(above)];
}

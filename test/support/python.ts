import { spawnSync } from 'node:child_process';

/** Debian's own, for which its packages of libraries are and which starts at once; else the first on the path. */
export const python =
  ['/usr/bin/python3', 'python3'].find((one) => spawnSync(one, ['-c', '']).status === 0) ?? 'python3';

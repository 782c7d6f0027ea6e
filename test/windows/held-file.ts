import { closeSync, constants, openSync } from 'node:fs';

/** libuv's UV_FS_O_EXLOCK: no other program may open, rename or delete the file, as while a scanner looks at it. */
const alone = 0x10000000;

export function holdFile(path: string): { release: () => void } {
  const descriptor = openSync(path, constants.O_RDONLY | alone);
  return { release: () => closeSync(descriptor) };
}

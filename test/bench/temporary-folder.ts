import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from './at-end.ts';

/** An empty folder (0700) that goes with `stack`. */
export function temporaryFolder(stack: AsyncDisposableStack): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'token-tray-bench-')));
  atEnd(stack, () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

import { resolve } from 'node:path';
import type { SetupFailure, UnwritableReason } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import { nodeFileSystem, type FileSystem } from './file-system.ts';
import { errorCode, unwritableReason } from './unwritable-reason.ts';

export type HomeUnusable = Extract<SetupFailure, { code: 'home_unusable' }>;

/**
 * Makes the home ready: a folder of this user's own, 0700, made or repaired. Answers its real path. A link in its
 * place, or a folder that is another user's, is refused: whoever made it could read what is kept there.
 */
export async function prepareHome(
  home: string,
  files: FileSystem = nodeFileSystem,
): Promise<Result<string, HomeUnusable>> {
  const unusable = (reason: UnwritableReason) => failed({ code: 'home_unusable', home, reason } as const);
  // Without a slash at its end, which would have the system follow a link.
  const path = resolve(home);
  try {
    await files.mkdir(path, { recursive: true, mode: 0o700 });
    const status = await files.lstat(path);
    if (!status.isDirectory()) return unusable('not_a_file');
    const me = process.getuid?.();
    // On Windows permissions come from %LOCALAPPDATA%, whose folders are this user's alone.
    if (me !== undefined) {
      if (status.uid !== me) return unusable('no_permission');
      if ((status.mode & 0o777) !== 0o700) await files.chmod(path, 0o700);
    }
    return succeeded(await files.realpath(path));
  } catch (error) {
    return unusable(errorCode(error) === 'EEXIST' ? 'not_a_file' : unwritableReason(error));
  }
}

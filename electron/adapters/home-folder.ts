import { homedir } from 'node:os';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import type { HomeReason, SetupFailure } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import { isOpenToOthers, nodeFileSystem, OpenToOthers, type FileSystem } from './file-system.ts';
import { errorCode, unwritableReason } from './unwritable-reason.ts';
import { makePrivateOnWindows } from './windows-private-folder.ts';

/** For this user alone. */
const folderMode = 0o700;
/** In a folder with this bit everybody keeps files of their own. */
const stickyBit = 0o1000;

interface WindowsParts {
  /** `%USERPROFILE%`, whose folders are this user's alone. */
  readonly profile: string;
  /** `false`: Windows did not do it. */
  readonly makePrivate: (folder: string) => Promise<boolean>;
}

export type HomeUnusable = Extract<SetupFailure, { code: 'home_unusable' }>;

/**
 * Makes the home ready: a folder of this user's own, 0700, made or repaired. Answers its real path. A link in its
 * place, or a folder that is another user's, is refused: whoever made it could read what is kept there. So is one that
 * all share, such as /tmp or the root of a disk: made private, it would be lost to everybody else. So is one to which
 * others keep rights, because its file system ignores or refuses chmod.
 * On Windows a folder outside this user's profile inherits rights of others and is made private in the same way.
 */
export async function prepareHome(
  home: string,
  files: FileSystem = nodeFileSystem,
  platform: string = process.platform,
  windows: WindowsParts = { profile: homedir(), makePrivate: makePrivateOnWindows },
): Promise<Result<string, HomeUnusable>> {
  const unusable = (reason: HomeReason) => failed({ code: 'home_unusable', home, reason } as const);
  // Without a slash at its end, which would have the system follow a link.
  const path = resolve(home);
  try {
    await makeFolder(path, files);
    const status = await files.lstat(path);
    if (!status.isDirectory()) return unusable('not_a_folder');
    if (dirname(path) === path || (status.mode & stickyBit) !== 0) return unusable('shared_folder');
    const me = process.getuid?.();
    if (me !== undefined) {
      if (status.uid !== me) return unusable('no_permission');
      if ((status.mode & 0o777) !== folderMode) await makePrivate(path, files);
    }
    const real = await files.realpath(path);
    if (
      platform === 'win32' &&
      !isBelow(real, await files.realpath(windows.profile).catch(() => windows.profile))
    ) {
      if (!(await windows.makePrivate(real))) return unusable('open_to_others');
    }
    return succeeded(real);
  } catch (error) {
    const code = errorCode(error);
    if (platform === 'win32' && (code === 'ENOENT' || code === 'EINVAL')) return unusable('bad_path');
    const reason = unwritableReason(error);
    return unusable(reason === 'not_a_file' ? 'not_a_folder' : reason);
  }
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !/^\.\.(?:[\\/]|$)/.test(way) && !isAbsolute(way);
}

async function makePrivate(path: string, files: FileSystem): Promise<void> {
  try {
    await files.chmod(path, folderMode);
  } catch (error) {
    // A read-only disk is its own reason. Else the mode decides: SMB and FUSE may refuse the call for nothing.
    if (errorCode(error) === 'EROFS' || !isOpenToOthers(await files.lstat(path))) throw error;
  }
  if (isOpenToOthers(await files.lstat(path))) throw new OpenToOthers();
}

/**
 * Makes a folder and those above it. Node's own `recursive` tries for ever where the folder above is there and takes
 * none, as /proc does.
 */
async function makeFolder(path: string, files: FileSystem): Promise<void> {
  try {
    await files.mkdir(path, folderMode);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path), files);
    // Windows says ENOENT of what would be below a file.
    const above = await files.lstat(await files.realpath(dirname(path)));
    if (!above.isDirectory()) throw systemError('ENOTDIR', 'mkdir');
    await files.mkdir(path, folderMode);
  }
}

function systemError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${code}: ${syscall}`), { code, syscall });
}

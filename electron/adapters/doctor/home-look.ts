import { access, constants, lstat, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { HomeFinding } from '../../contract/doctor-findings.ts';
import { homeFiles } from '../../contract/home.ts';
import { errorCode, unwritableReason } from '../unwritable-reason.ts';

/** What stands in the home; null: there is no folder there that could be looked into. */
export interface HomeLook {
  readonly findings: readonly HomeFinding[];
  readonly names: readonly string[] | null;
}

/** Looks at the folder itself: whether it is there, this user's alone, and can be written. Makes and mends nothing. */
export async function lookAtHome(folder: string, me: number | undefined): Promise<HomeLook> {
  // Without a slash at its end, which would have the system follow a link.
  const home = resolve(folder);
  try {
    const status = await lstat(home);
    if (!status.isDirectory()) return { findings: [{ code: 'home_not_a_folder', home }], names: null };
    const findings: HomeFinding[] = [];
    // On Windows permissions come from the folder above, and Node does not tell them.
    if (me !== undefined && status.uid !== me) {
      findings.push({ code: 'home_foreign', home, owner: status.uid });
    } else if (me !== undefined && (status.mode & 0o077) !== 0) {
      findings.push({ code: 'home_open', home, mode: octal(status.mode) });
    }
    const names = await readdir(home);
    const refused = await refusal(home, constants.W_OK | constants.X_OK);
    if (refused) findings.push({ code: 'home_unwritable', home, reason: refused });
    if (findings.length > 0) return { findings, names };
    return { findings: [{ code: me === undefined ? 'home_unchecked' : 'home_good', home }], names };
  } catch (error) {
    const missing = errorCode(error) === 'ENOENT';
    const finding = { code: 'home_unreadable', home, reason: unwritableReason(error) } as const;
    return { findings: [missing ? { code: 'home_missing', home } : finding], names: null };
  }
}

/** Looks at whose the program's files are, as the system keeps it: owner, mode, links. Opens none of them. */
export async function lookAtFiles(
  home: string,
  names: readonly string[],
  me: number | undefined,
): Promise<readonly HomeFinding[]> {
  const findings: HomeFinding[] = [];
  for (const file of names.filter(isOurs)) {
    const status = await lstat(join(home, file)).catch(() => null);
    // Gone meanwhile, as temporaries of a running owner are.
    if (!status) continue;
    const expected =
      file === homeFiles.logs
        ? status.isDirectory()
        : file === homeFiles.socket
          ? status.isSocket()
          : status.isFile();
    if (!expected) findings.push({ code: 'file_not_regular', file });
    else if (me !== undefined && status.uid !== me)
      findings.push({ code: 'file_foreign', file, owner: status.uid });
    else if (me !== undefined && (status.mode & 0o077) !== 0) {
      findings.push({ code: 'file_open', file, mode: octal(status.mode) });
    }
    if (status.isFile() && status.nlink > 1)
      findings.push({ code: 'file_shared', file, names: status.nlink });
  }
  // All others are replaced as a whole, which takes rights to the folder alone.
  const file = homeFiles.ledger;
  const reason = names.includes(file) ? await refusal(join(home, file), constants.W_OK) : null;
  // A read-only disk is told of the home, and a link above.
  if (reason === 'no_permission') findings.push({ code: 'file_unwritable', file, reason });
  return findings;
}

/** Whether a name in the home is one of the program's files, a temporary or one that was set aside. */
function isOurs(name: string): boolean {
  return (
    /^vault\.[a-z-]+/.test(name) ||
    Object.values(homeFiles).some((known) => name === known || name.startsWith(`${known}.`))
  );
}

/** Why the system would not let this user do that; null: it would. */
async function refusal(path: string, mode: number) {
  try {
    await access(path, mode);
    return null;
  } catch (error) {
    return unwritableReason(error);
  }
}

function octal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0');
}

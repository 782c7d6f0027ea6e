import type { HomeFinding } from '../../contract/doctor-findings.ts';
import { homeFiles } from '../../contract/home.ts';

const ownersFiles = [homeFiles.endpoint, homeFiles.curlConfig, homeFiles.socket, homeFiles.lock];

/** What earlier programs left in the home, by the names in it. `owned`: somebody keeps the home now. */
export function leftovers(names: readonly string[], owned: boolean): readonly HomeFinding[] {
  const findings: HomeFinding[] = [];
  const add = (code: 'stale_files' | 'temporary_files' | 'files_set_aside', files: readonly string[]) => {
    if (files.length > 0) findings.push({ code, files });
  };
  // The files of one that runs, and what it writes just now, are no leftovers.
  if (!owned) {
    add(
      'stale_files',
      ownersFiles.filter((name) => names.includes(name)),
    );
    add(
      'temporary_files',
      names.filter((name) => /\.tmp-[0-9a-f]{16}$/.test(name)),
    );
  }
  add(
    'files_set_aside',
    names.filter((name) => /\.(?:corrupt|undecryptable)-[^.]*T/.test(name)),
  );
  return findings;
}

import { readFileSync, statSync } from 'node:fs';
import { exposureOf } from './file-exposure.ts';
import { strictText } from './strict-text.ts';

/**
 * The passphrase that the agent was given; null: none. `warning`: a sentence and a remedy for a file that all users can
 * read; null: none. `wrong`: a sentence and a remedy.
 */
export type FoundPassphrase =
  | { readonly ok: true; readonly passphrase: string | null; readonly warning: string | null }
  | { readonly ok: false; readonly wrong: string };

const mostBytes = 65_536;

/**
 * Reads a passphrase from a regular file of at most 64 KiB: a credential of systemd or a container's secret. Links are
 * followed, as Kubernetes makes them. Line ends at the end do not count.
 */
export function readPassphraseFile(file: string): FoundPassphrase {
  const named = `The passphrase file ${file}`;
  try {
    const status = statSync(file);
    if (status.isDirectory()) return wrong(`${named} is a folder. Name a file.`);
    // A pipe that nothing writes to would keep the agent from starting.
    if (!status.isFile()) {
      return wrong(`${named} is a pipe, a socket or a device. Name a regular file.`);
    }
    const exposure = exposureOf(file);
    if (exposure === 'change') {
      return wrong(`${named} can be changed by other users. Remove this permission: chmod go-w ${file}`);
    }
    if (status.size > mostBytes) return wrong(`${named} is larger than 64 KiB. Check the name.`);
    const text = strictText(readFileSync(file))?.replace(/[\r\n]+$/, '') ?? null;
    if (text === null) return wrong(`${named} is not UTF-8 text. Save it as UTF-8.`);
    if (text === '') return wrong(`${named} is empty. Write the passphrase into it.`);
    const warning =
      exposure === 'read'
        ? `${named} can be read by every user of this computer. Remove this permission: chmod o-r ${file}`
        : null;
    return { ok: true, passphrase: text, warning };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an error';
    if (code === 'ENOENT') return wrong(`${named} does not exist. Check TOKEN_TRAY_PASSPHRASE_FILE.`);
    return code === 'EACCES'
      ? wrong(`${named} cannot be read by this user. Check its permissions.`)
      : wrong(`${named} cannot be read (${code}). Check TOKEN_TRAY_PASSPHRASE_FILE.`);
  }
}

function wrong(sentence: string): FoundPassphrase {
  return { ok: false, wrong: sentence };
}

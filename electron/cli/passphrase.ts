import { readFileSync, statSync } from 'node:fs';
import { variable } from './environment.ts';
import { strictText, wasStrictText } from './strict-text.ts';

/** The passphrase that the agent was given; null: none. `wrong`: a sentence and a remedy. */
export type FoundPassphrase =
  { readonly ok: true; readonly passphrase: string | null } | { readonly ok: false; readonly wrong: string };

const mostBytes = 65_536;

/**
 * The passphrase from `TOKEN_TRAY_PASSPHRASE`, or from the file that `TOKEN_TRAY_PASSPHRASE_FILE` names: a credential of
 * systemd or a container's secret. Links are followed, as Kubernetes makes them. Line ends at the end do not count.
 */
export function findPassphrase(): FoundPassphrase {
  const passphrase = variable('TOKEN_TRAY_PASSPHRASE');
  const file = variable('TOKEN_TRAY_PASSPHRASE_FILE');
  if (passphrase !== null && file !== null) {
    return wrong('TOKEN_TRAY_PASSPHRASE and TOKEN_TRAY_PASSPHRASE_FILE are both set. Keep one of them.');
  }
  if (file !== null) return readPassphrase(file);
  if (passphrase !== null && !wasStrictText(passphrase)) {
    return wrong('TOKEN_TRAY_PASSPHRASE is not UTF-8 text. Set it in UTF-8.');
  }
  return { ok: true, passphrase };
}

function readPassphrase(file: string): FoundPassphrase {
  const named = `The passphrase file ${file}`;
  try {
    const status = statSync(file);
    if (status.isDirectory()) return wrong(`${named} is a folder. Name a file.`);
    if (process.platform !== 'win32' && (status.mode & 0o022) !== 0) {
      return wrong(`${named} can be changed by other users. Take that right away: chmod go-w`);
    }
    if (status.size > mostBytes) return wrong(`${named} is larger than 64 KiB. Check the name.`);
    const text = strictText(readFileSync(file))?.replace(/[\r\n]+$/, '') ?? null;
    if (text === null) return wrong(`${named} is not UTF-8 text. Save it as UTF-8.`);
    return text === ''
      ? wrong(`${named} is empty. Write the passphrase into it.`)
      : { ok: true, passphrase: text };
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

import { variable } from './environment.ts';
import { readPassphraseFile, type FoundPassphrase } from './passphrase-file.ts';
import { wasStrictText } from './strict-text.ts';

/** The passphrase from `TOKEN_TRAY_PASSPHRASE`, or from the file that `TOKEN_TRAY_PASSPHRASE_FILE` names. */
export function findPassphrase(): FoundPassphrase {
  const passphrase = variable('TOKEN_TRAY_PASSPHRASE');
  const file = variable('TOKEN_TRAY_PASSPHRASE_FILE');
  if (passphrase !== null && file !== null) {
    const wrong = 'TOKEN_TRAY_PASSPHRASE and TOKEN_TRAY_PASSPHRASE_FILE are both set. Keep one of them.';
    return { ok: false, wrong };
  }
  if (file !== null) return readPassphraseFile(file);
  if (passphrase !== null && !wasStrictText(passphrase)) {
    return { ok: false, wrong: 'TOKEN_TRAY_PASSPHRASE is not UTF-8 text. Set it in UTF-8.' };
  }
  return { ok: true, passphrase, warning: null };
}

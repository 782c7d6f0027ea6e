import { failed, succeeded, type Result } from '../../electron/contract/result.ts';
import type { KeyStoreName } from '../../electron/contract/session-states.ts';
import type {
  DataKeyProtector,
  KeyLocked,
  KeyUndecryptable,
  OpenedDataKey,
} from '../../electron/adapters/data-key.ts';

/** Marks a key instead of protecting it: `marked by NAME: KEY`. Opens only what it marked itself. */
export class MarkingKeyProtector implements DataKeyProtector {
  readonly keyStore: KeyStoreName;
  readonly #mark: string;
  locked = false;
  /** Asks for each key that it opens to be protected again. */
  wantsRenewal = false;
  protections = 0;

  constructor(name = 'this computer', keyStore: KeyStoreName = 'keyring') {
    this.#mark = `marked by ${name}: `;
    this.keyStore = keyStore;
  }

  async protect(dataKey: Uint8Array): Promise<Result<string, KeyLocked>> {
    if (this.locked) return failed({ kind: 'locked', reason: 'key_store' });
    this.protections += 1;
    return succeeded(`${this.#mark}${Buffer.from(dataKey).toString('base64url')} #${this.protections}`);
  }

  async unprotect(text: string): Promise<Result<OpenedDataKey, KeyLocked | KeyUndecryptable>> {
    if (this.locked) return failed({ kind: 'locked', reason: 'key_store' });
    if (!text.startsWith(this.#mark)) return failed({ kind: 'undecryptable' });
    const [key = ''] = text.slice(this.#mark.length).split(' ');
    return succeeded({ dataKey: Buffer.from(key, 'base64url'), protectAgain: this.wantsRenewal });
  }
}

import { randomBytes, scrypt } from 'node:crypto';
import { failed, succeeded, type Result } from '../contract/result.ts';
import type { Secret } from '../core/secret.ts';
import type { DataKeyProtector, KeyLocked, KeyUndecryptable, OpenedDataKey } from './data-key.ts';
import { keyLength, openSeal, seal } from './seal.ts';

export type Passphrase = Secret<'passphrase'>;

const context = 'token-tray data key, passphrase 1';
const form = /^scrypt-17-8-1\.([\w-]{22})\.([\w-]+)$/;
// Node refuses N = 2^17 without a larger maxmem: 128 bytes x N x r are 128 MiB.
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };

/**
 * The data key, wrapped under a key derived from a passphrase by scrypt (RFC 7914). The text is
 * `scrypt-17-8-1.SALT.SEAL`. A passphrase that does not open it is `locked`: the right one may come yet.
 */
export class PassphraseKey implements DataKeyProtector {
  readonly keyStore = 'passphrase';
  readonly #passphrase: Passphrase;
  readonly #derived = new Map<string, Promise<Buffer | null>>();

  constructor(passphrase: Passphrase) {
    this.#passphrase = passphrase;
  }

  async protect(dataKey: Uint8Array): Promise<Result<string, KeyLocked>> {
    const [known] = this.#derived.keys();
    const salt = known ?? randomBytes(16).toString('base64url');
    const key = await this.#derive(salt);
    if (!key) return failed({ kind: 'locked', reason: 'passphrase' });
    const sealed = seal(key, context, dataKey);
    return succeeded(`scrypt-17-8-1.${salt}.${sealed}`);
  }

  async unprotect(text: string): Promise<Result<OpenedDataKey, KeyLocked | KeyUndecryptable>> {
    const [, salt, sealed] = form.exec(text) ?? [];
    if (salt === undefined || sealed === undefined) return failed({ kind: 'undecryptable' });
    const key = await this.#derive(salt);
    const dataKey = key && openSeal(key, context, sealed);
    if (dataKey?.length !== keyLength) return failed({ kind: 'locked', reason: 'passphrase' });
    return succeeded({ dataKey, protectAgain: false });
  }

  /** Null: it could not be done now. Once for each salt: it takes a good part of a second and 128 MiB, and that is its point. */
  #derive(salt: string): Promise<Buffer | null> {
    const known = this.#derived.get(salt);
    if (known) return known;
    const { promise, resolve } = Promise.withResolvers<Buffer | null>();
    scrypt(this.#passphrase.reveal(), Buffer.from(salt, 'base64url'), keyLength, cost, (error, key) => {
      if (error) {
        // Such as too little memory at this moment: the next call tries anew.
        this.#derived.delete(salt);
        resolve(null);
      } else resolve(key);
    });
    this.#derived.set(salt, promise);
    return promise;
  }
}

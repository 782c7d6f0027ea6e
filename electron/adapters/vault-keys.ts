import { randomBytes } from 'node:crypto';
import { failed, succeeded, type Result } from '../contract/result.ts';
import type { DataKeyProtector, KeyLocked } from './data-key.ts';
import { keyLength } from './seal.ts';
import type { LoadedVault } from './vault-files.ts';

/** A data key with the protected text that stands for it in the file. */
export interface VaultKey {
  readonly text: string;
  readonly dataKey: Uint8Array;
}

/**
 * The vault's data keys. An opened one stays in memory (the tokens are there too), so that a key store that is
 * locked later costs no answer of the service.
 */
export class VaultKeys {
  readonly #protector: DataKeyProtector;
  readonly #opened = new Map<string, Uint8Array>();
  readonly #toRenew = new Set<string>();
  #unused: VaultKey | null = null;

  constructor(protector: DataKeyProtector) {
    this.#protector = protector;
  }

  /** The key of what is stored; null: there is none, or the key store answered and neither generation's opens. */
  async stored({ current, previous }: LoadedVault): Promise<Result<VaultKey | null, KeyLocked>> {
    const texts = [current, previous].flatMap((generation) => generation?.content.key ?? []);
    for (const text of new Set(texts)) {
      const known = this.#opened.get(text);
      if (known) return succeeded({ text, dataKey: known });
      const opened = await this.#protector.unprotect(text);
      if (!opened.ok && opened.failure.kind === 'locked') return failed(opened.failure);
      // What comes out may be anything where the text was changed and its protector has no seal of its own.
      if (!opened.ok || opened.value.dataKey.length !== keyLength) continue;
      const { dataKey, protectAgain } = opened.value;
      this.#opened.set(text, dataKey);
      if (protectAgain) this.#toRenew.add(text);
      return succeeded({ text, dataKey });
    }
    return succeeded(null);
  }

  /** A new key, for where nothing is stored that could be opened. The same one until `written` is told of it. */
  async fresh(): Promise<Result<VaultKey, KeyLocked>> {
    if (this.#unused) return succeeded(this.#unused);
    const dataKey = randomBytes(keyLength);
    const text = await this.#protector.protect(dataKey);
    if (!text.ok) return text;
    this.#unused = { text: text.value, dataKey };
    return succeeded(this.#unused);
  }

  /** A key now stands in the file. */
  written({ text, dataKey }: VaultKey): void {
    this.#opened.set(text, dataKey);
    if (this.#unused?.text === text) this.#unused = null;
  }

  /** The same key under a new text, where its protector wanted that; asked once, null if it need not or cannot be. */
  async renewed({ text, dataKey }: VaultKey): Promise<VaultKey | null> {
    if (!this.#toRenew.delete(text)) return null;
    const renewed = await this.#protector.protect(dataKey);
    return renewed.ok ? { text: renewed.value, dataKey } : null;
  }

  /** Overwrites the keys with zeros. */
  forget(): void {
    for (const dataKey of this.#opened.values()) dataKey.fill(0);
    this.#unused?.dataKey.fill(0);
    this.#opened.clear();
    this.#unused = null;
  }
}

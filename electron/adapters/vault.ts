import type { UnwritableReason } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import type { KeyStoreName } from '../contract/session-states.ts';
import type { SessionRecord, StoredAccount, Vault, VaultFailure, VaultRecord } from '../core/ports.ts';
import { CallQueue } from './call-queue.ts';
import type { DataKeyProtector, KeyLocked } from './data-key.ts';
import { contentOf, floorWithout, nextGeneration, openRecords, sameRecord } from './opened-records.ts';
import { sealRecord } from './record-seal.ts';
import { eraseFromEveryVault } from './vault-erasure.ts';
import { VaultFiles, type LoadedVault, type VaultFilesParts } from './vault-files.ts';
import { VaultKeys, type VaultKey } from './vault-keys.ts';

export interface SealedVaultParts extends VaultFilesParts {
  readonly protector: DataKeyProtector;
}

/**
 * Sessions in `vault.PROTECTION.json`: each record sealed under one random data key, which the protector guards.
 * Each call reads the files anew and runs alone; the home's owner is the only one that may use it.
 */
export class SealedVault implements Vault {
  readonly keyStore: KeyStoreName;
  readonly #files: VaultFiles;
  readonly #keys: VaultKeys;
  readonly #parts: SealedVaultParts;
  readonly #queue = new CallQueue();

  constructor(parts: SealedVaultParts) {
    this.keyStore = parts.protector.keyStore;
    this.#parts = parts;
    this.#files = new VaultFiles(this.keyStore, parts);
    this.#keys = new VaultKeys(parts.protector);
  }

  read(): Promise<Result<readonly VaultRecord[], VaultFailure>> {
    return this.#queue.run(() => this.#read());
  }

  async stored(): Promise<readonly StoredAccount[]> {
    const loaded = await this.#queue.run(() => this.#files.load());
    const accounts = loaded.ok ? (contentOf(loaded.value)?.accounts ?? []) : [];
    return accounts.map(({ service, username, account, form, generation }) => {
      return { service, username, account, form, generation };
    });
  }

  write(record: SessionRecord, expectedGeneration: number): Promise<Result<number, VaultFailure>> {
    return this.#queue.run(() => this.#write(record, expectedGeneration));
  }

  check(): Promise<Result<null, VaultFailure>> {
    return this.#queue.run(() => this.#check());
  }

  remove(account: string): Promise<Result<boolean, VaultFailure>> {
    return this.#queue.run(async () => {
      const erased = await eraseFromEveryVault(account, this.#parts);
      return erased.ok ? erased : unwritable(erased.failure);
    });
  }

  /** Overwrites the keys in memory with zeros; for the program's end. */
  close(): Promise<void> {
    return this.#queue.run(() => {
      this.#keys.forget();
      return Promise.resolve();
    });
  }

  async #read(): Promise<Result<readonly VaultRecord[], VaultFailure>> {
    const loaded = await this.#files.load();
    // What a newer version stored cannot be known here: nothing is shown, and each write says why.
    if (!loaded.ok) return loaded.failure === 'newer_version' ? succeeded([]) : unwritable(loaded.failure);
    if (!contentOf(loaded.value)?.accounts.length) return succeeded([]);
    const key = await this.#keys.stored(loaded.value);
    if (!key.ok) return locked(key.failure);
    if (key.value) await this.#renewProtection(loaded.value, key.value);
    const opened = openRecords(loaded.value, key.value?.dataKey ?? null);
    for (const { record, restored } of opened) {
      if (restored) this.#parts.log.warn('vault_record_restored', { account: record.account });
    }
    return succeeded(
      opened.map(({ record, generation, unreadable }) => ({ record, generation, unreadable })),
    );
  }

  async #write(record: SessionRecord, expected: number): Promise<Result<number, VaultFailure>> {
    const loaded = await this.#files.load();
    if (!loaded.ok) return unwritable(loaded.failure);
    const stored = await this.#keys.stored(loaded.value);
    if (!stored.ok) return locked(stored.failure);
    const key = stored.value ? succeeded(stored.value) : await this.#keys.fresh();
    if (!key.ok) return locked(key.failure);

    const opened = openRecords(loaded.value, stored.value?.dataKey ?? null);
    const earlier = opened.find(({ record: { account } }) => account === record.account);
    const repeated = earlier && !earlier.unreadable && sameRecord(earlier.record, record);
    // An older one, or none, is no other program's writing: the file was mended, deleted, or partly erased.
    if ((earlier?.generation ?? 0) > expected && !repeated) return unwritable('changed_meanwhile');

    const lost = opened.some((one) => one.restored || (one.unreadable && (one === earlier || !stored.value)));
    const kept = lost ? await this.#files.keepUndecryptable(loaded.value) : succeeded(null);
    if (!kept.ok) return unwritable(kept.failure);

    // Never one again that the ledger may know: the file may be older than what the session has been through.
    const generation = Math.max(nextGeneration(loaded.value, record.account), expected + 1);
    const others = opened.filter((one) => one !== earlier).map((one) => one.stored);
    const accounts = [...others, sealRecord(key.value.dataKey, record, generation)];
    const floor = floorWithout(loaded.value, opened);
    const saved = await this.#files.save({ version: 1, key: key.value.text, floor, accounts }, loaded.value);
    if (!saved.ok) return unwritable(saved.failure);
    this.#keys.written(key.value);
    return succeeded(generation);
  }

  async #check(): Promise<Result<null, VaultFailure>> {
    const loaded = await this.#files.load();
    if (!loaded.ok) return unwritable(loaded.failure);
    const stored = await this.#keys.stored(loaded.value);
    if (!stored.ok) return locked(stored.failure);
    const key = stored.value ? succeeded(stored.value) : await this.#keys.fresh();
    if (!key.ok) return locked(key.failure);
    const tried = await this.#files.tryWriting(loaded.value);
    return tried.ok ? tried : unwritable(tried.failure);
  }

  /** Keeps the key under its new protection, if its protector asked for one; if that fails, the old one still opens. */
  async #renewProtection(loaded: LoadedVault, key: VaultKey): Promise<void> {
    const content = contentOf(loaded);
    const renewed = await this.#keys.renewed(key);
    if (!content || !renewed) return;
    const saved = await this.#files.save({ ...content, key: renewed.text }, loaded);
    if (saved.ok) this.#keys.written(renewed);
  }
}

interface Refused {
  readonly ok: false;
  readonly failure: VaultFailure;
}

function unwritable(reason: UnwritableReason): Refused {
  return failed({ code: 'vault_unwritable', reason });
}

function locked({ reason }: KeyLocked): Refused {
  return failed({ code: 'vault_locked', reason });
}

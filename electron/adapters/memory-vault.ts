import { failed, succeeded, type Result } from '../contract/result.ts';
import type { KeyStoreName } from '../contract/session-states.ts';
import type { SessionRecord, StoredAccount, Vault, VaultFailure, VaultRecord } from '../core/ports.ts';
import { eraseFromEveryVault, type ErasureParts } from './vault-erasure.ts';

/** Sessions that end with the program: nothing is written. Forgetting one still clears the home's other vaults. */
export class MemoryVault implements Vault {
  readonly keyStore: KeyStoreName = 'memory';
  readonly #home: ErasureParts;
  readonly #records = new Map<string, VaultRecord>();
  readonly #highest = new Map<string, number>();

  constructor(home: ErasureParts) {
    this.#home = home;
  }

  read(): Promise<Result<readonly VaultRecord[], VaultFailure>> {
    return Promise.resolve(succeeded([...this.#records.values()]));
  }

  stored(): Promise<readonly StoredAccount[]> {
    const accounts = [...this.#records.values()].map(({ record, generation }) => {
      const { service, username, account, form } = record;
      return { service, username, account, form, generation };
    });
    return Promise.resolve(accounts);
  }

  write(record: SessionRecord, expectedGeneration: number): Promise<Result<number, VaultFailure>> {
    const { account } = record;
    if ((this.#records.get(account)?.generation ?? 0) > expectedGeneration) {
      return Promise.resolve(failed({ code: 'vault_unwritable', reason: 'changed_meanwhile' }));
    }
    const generation = Math.max(this.#highest.get(account) ?? 0, expectedGeneration) + 1;
    this.#highest.set(account, generation);
    this.#records.set(account, { record, generation, unreadable: false });
    return Promise.resolve(succeeded(generation));
  }

  check(): Promise<Result<null, VaultFailure>> {
    return Promise.resolve(succeeded(null));
  }

  async remove(account: string): Promise<Result<boolean, VaultFailure>> {
    const wasHere = this.#records.delete(account);
    const erased = await eraseFromEveryVault(account, this.#home);
    return erased.ok
      ? succeeded(erased.value || wasHere)
      : failed({ code: 'vault_unwritable', reason: erased.failure });
  }
}

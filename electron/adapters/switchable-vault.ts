import type { Result } from '../contract/result.ts';
import type { KeyStoreName } from '../contract/session-states.ts';
import type { SessionRecord, StoredAccount, Vault, VaultFailure, VaultRecord } from '../core/ports.ts';

/**
 * A vault in whose place another can be put while the program runs. What the first one holds stays there: whoever
 * switches has the sessions kept anew (`Accounts.keepInNewVault`).
 */
export class SwitchableVault implements Vault {
  #vault: Vault;
  readonly #written: () => void;

  /** `written`: called after each record that was written. */
  constructor(vault: Vault, written: () => void = () => undefined) {
    this.#vault = vault;
    this.#written = written;
  }

  switchTo(vault: Vault): void {
    this.#vault = vault;
  }

  get keyStore(): KeyStoreName {
    return this.#vault.keyStore;
  }

  read(): Promise<Result<readonly VaultRecord[], VaultFailure>> {
    return this.#vault.read();
  }

  stored(): Promise<readonly StoredAccount[]> {
    return this.#vault.stored();
  }

  async write(record: SessionRecord, expectedGeneration: number): Promise<Result<number, VaultFailure>> {
    const written = await this.#vault.write(record, expectedGeneration);
    if (written.ok) this.#written();
    return written;
  }

  check(): Promise<Result<null, VaultFailure>> {
    return this.#vault.check();
  }

  remove(account: string): Promise<Result<boolean, VaultFailure>> {
    return this.#vault.remove(account);
  }
}

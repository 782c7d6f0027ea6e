import type { Failure } from '../contract/failures.ts';
import type { Result } from '../contract/result.ts';
import { failed, succeeded } from '../contract/result.ts';
import type { LoginForm } from '../contract/wire.ts';
import type { Grant } from './grant.ts';
import type { AccountIdentity, SessionRecord, Vault, VaultFailure } from './ports.ts';

/** One account's place in the vault. It knows the stored generation, so that nothing newer is ever overwritten. */
export class SessionStore {
  readonly #vault: Vault;
  readonly #identity: AccountIdentity;
  readonly #account: string;
  #generation: number;
  /** How the account signs in: kept with the record. */
  form: LoginForm = 'basic';

  constructor(vault: Vault, identity: AccountIdentity, account: string, generation: number) {
    this.#vault = vault;
    this.#identity = identity;
    this.#account = account;
    this.#generation = generation;
  }

  get generation(): number {
    return this.#generation;
  }

  /** Takes up a record that was read after this store was made: the key store was locked until now. */
  found(generation: number): void {
    this.#generation = generation;
  }

  check(): Promise<Result<null, VaultFailure>> {
    return this.#vault.check();
  }

  /** Saves the session as it now stands; on failure the stored one is as it was. */
  async save(grant: Grant | null, refusal: SessionRecord['refusal']): Promise<Result<null, VaultFailure>> {
    const written = await this.#vault.write(this.#record(grant, refusal), this.#generation);
    if (!written.ok) return failed(written.failure);
    this.#generation = written.value;
    return succeeded(null);
  }

  /**
   * Saves what a sign-in brought, or what another vault held, in place of whatever is stored: the file may have been
   * mended or put back since it was read, and the home is this program's alone.
   */
  async replace(grant: Grant, refusal: SessionRecord['refusal'] = null): Promise<Result<null, VaultFailure>> {
    const stored = (await this.#vault.stored()).find(({ account }) => account === this.#account);
    this.#generation = Math.max(this.#generation, stored?.generation ?? 0);
    return this.save(grant, refusal);
  }

  /** Deletes the record from every vault of the home. */
  async remove(): Promise<Result<boolean, VaultFailure>> {
    const removed = await this.#vault.remove(this.#account);
    if (removed.ok) this.#generation = 0;
    return removed;
  }

  #record(grant: Grant | null, refusal: SessionRecord['refusal']): SessionRecord {
    return {
      ...this.#identity,
      account: this.#account,
      form: this.form,
      refusal,
      tokens: grant && {
        accessToken: grant.accessToken,
        refreshToken: grant.refreshToken,
        lifetimeMs: grant.lifetimeMs,
        arrivedAt: grant.arrivedAt,
        cause: grant.cause,
      },
    };
  }
}

/** Why what is stored of an account is still there, as a person is told. */
export function notRemoved(failure: VaultFailure): { readonly ok: false; readonly failure: Failure } {
  return failed(
    failure.code === 'vault_unwritable' ? { code: 'not_removed', reason: failure.reason } : failure,
  );
}

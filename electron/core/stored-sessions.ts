import { failed, succeeded, type Result } from '../contract/result.ts';
import type { AccountDirectory } from './account-directory.ts';
import { Elapsed, type Clock } from './clock.ts';
import { withinMs } from './deadline.ts';
import type { Vault, VaultFailure } from './ports.ts';
import { minute, second } from './renewal-timing.ts';
import type { Session } from './session.ts';
import { isDenied } from './session-state.ts';
import type { SessionFactory } from './session-factory.ts';

/** How long a reading takes at most that waits for nobody. */
const unpromptedMs = 300;

/** Brings what the vault holds into the directory: at start, and again while the vault cannot be read. */
export class StoredSessions {
  readonly #vault: Vault;
  readonly #directory: AccountDirectory;
  readonly #factory: SessionFactory;
  readonly #clock: Clock;
  #retry: { readonly since: Elapsed; readonly forMs: number } | null = null;
  #loading: Promise<Result<null, VaultFailure>> | null = null;

  constructor(vault: Vault, directory: AccountDirectory, factory: SessionFactory, clock: Clock) {
    this.#vault = vault;
    this.#directory = directory;
    this.#factory = factory;
    this.#clock = clock;
  }

  /** Reads the vault, one reading at a time: a key store may take its while to answer. */
  load(): Promise<Result<null, VaultFailure>> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  /** Milliseconds until the vault should be read again; Infinity: it has been read, or a person said no. */
  dueInMs(): number {
    if (!this.#retry || this.#loading) return Infinity;
    return Math.max(this.#retry.forMs - this.#retry.since.ms(), 0);
  }

  async #load(): Promise<Result<null, VaultFailure>> {
    const reading = this.#vault.read();
    // A person stands at the key store's prompt; what is stored is there all the same, and no sign-in is needed.
    const prompts =
      this.#vault.keyStore !== 'passphrase' && (await withinMs(this.#clock, unpromptedMs, reading)) === null;
    if (prompts) await this.#showLocked({ code: 'vault_locked', reason: 'key_store' });
    const read = await reading;
    if (!read.ok) {
      if (read.failure.code === 'vault_locked') await this.#showLocked(read.failure);
      const forMs = isDenied(read.failure)
        ? Infinity
        : Math.min((this.#retry?.forMs ?? 2.5 * second) * 2, minute);
      this.#retry = { since: Elapsed.fromNow(this.#clock), forMs };
      return failed(read.failure);
    }
    this.#retry = null;
    const waiting = new Set(this.#directory.listed().filter(waitsForKey));
    for (const stored of read.value) {
      const known = this.#directory.of(stored.record);
      // A session that has gone on without the vault (signed out, or an answer of its own) is the newer one.
      if (known && !waiting.delete(known)) continue;
      this.#factory.restore(known ?? this.#directory.ofOrNew(stored.record, stored.record.account), stored);
    }
    // What was locked and is stored no more: somebody deleted the file meanwhile.
    for (const session of waiting) session.become({ name: 'signed_out' });
    this.#directory.keepDefault();
    return succeeded(null);
  }

  async #showLocked(failure: VaultFailure): Promise<void> {
    for (const stored of await this.#vault.stored()) {
      const known = this.#directory.of(stored);
      if (known && !waitsForKey(known)) continue;
      const session = known ?? this.#directory.ofOrNew(stored, stored.account);
      session.become({ name: 'locked', grant: null, failure });
    }
    this.#directory.keepDefault();
  }
}

function waitsForKey(session: Session): boolean {
  return session.state.name === 'locked' && session.grant() === null;
}

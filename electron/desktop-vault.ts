import { MemoryVault } from './adapters/memory-vault.ts';
import {
  SafeStorageKey,
  type AsyncSafeStorage,
  type StorageProtection,
} from './adapters/safe-storage-key.ts';
import { isUnprotected } from './adapters/safe-storage-text.ts';
import { SwitchableVault } from './adapters/switchable-vault.ts';
import { VaultFiles } from './adapters/vault-files.ts';
import { SealedVault } from './adapters/vault.ts';
import type { KeyStoreTrouble } from './contract/session-states.ts';
import { withinMs } from './core/deadline.ts';
import type { Vault } from './core/ports.ts';
import type { ChoosingParts, ChosenVault } from './home-owner.ts';

/** A vault whose keeping a person has a say in. */
export interface ChoosableVault extends ChosenVault {
  /** Whether the system keeps a key that protects, so that there is nothing to choose; null: it is not known. */
  readonly storageProtected: boolean | null;
  /** What the key store keeps from the person; null: nothing, or it is not known. */
  readonly trouble: KeyStoreTrouble | null;
  /** A person's word. It takes effect at once, and at the next starts. */
  choose(choice: 'memory' | 'keep'): Promise<void>;
}

/** Sessions in memory whatever the system has: no key store is asked. For the demo and for tests. */
export function memoryOnlyVault(parts: ChoosingParts): ChoosableVault {
  return {
    vault: new MemoryVault(parts),
    remark: null,
    storageProtected: null,
    trouble: null,
    choose: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

export interface DesktopVaultParts extends ChoosingParts {
  readonly safeStorage: AsyncSafeStorage;
  readonly platform: NodeJS.Platform;
  /** See `SafeStorageParts`. */
  readonly hasKeyStore: () => Promise<boolean>;
  /** Another vault took the place of the one before: core keeps its sessions there (`Accounts.keepInNewVault`). */
  readonly switched: () => void;
  /** Called with a `remark` that comes after the choice, because the desktop took its time. */
  readonly tell: (remark: string) => void;
  /** See `SafeStorageParts`. */
  readonly patienceMs?: number;
}

/** How long the first look at a key store is waited for, in milliseconds: window and tools do not wait for a prompt. */
const firstLookMs = 500;

/** How long after a look at a key store that has not answered the next one is taken, in milliseconds. */
const lookAgainMs = 5_000;

/** The same as the window's notice (`key_store.TROUBLE`), for a terminal. */
const remarks: Readonly<Record<KeyStoreTrouble, string>> = {
  other:
    'The stored sessions were sealed by another kind of key store than this desktop has. They stay as they are, and ' +
    'open again there. Sign in to go on here.',
  refused:
    'This computer’s key store did not open for Token Tray. Sessions are kept in memory only: they end with Token ' +
    'Tray. Unlock the key store or allow Token Tray there, restart Token Tray, and sign in again.',
};

/**
 * Where the tray app keeps its sessions: sealed by the system's key, where it keeps one that protects, or where a
 * person wants it all the same; else in memory. What such a key has sealed already stays its own, though the key
 * store is locked now: no other vault is begun beside it.
 */
export class DesktopVault implements ChoosableVault {
  readonly vault: SwitchableVault;
  readonly #parts: DesktopVaultParts;
  readonly #key: SafeStorageKey;
  readonly #sealed: SealedVault;
  readonly #memory: MemoryVault;
  #current: Vault;
  #protection: StorageProtection = 'pending';
  /** Until a session is written on this desktop: that is what the person is asked for. */
  #otherKeyStore = false;
  #refused = false;
  #cancelLook: () => void = () => undefined;
  /** Whether somebody reads and writes already. */
  #inUse = false;
  #told: string | null = null;
  #closed = false;

  private constructor(parts: DesktopVaultParts) {
    this.#parts = parts;
    this.#key = new SafeStorageKey({
      ...parts,
      keepsUnprotected: () => parts.settings.get('unprotectedStorage') === 'keep',
      switched: (from, to) => {
        this.#otherKeyStore = true;
        parts.log.warn('key_store_switched', { from, to });
      },
    });
    this.#sealed = new SealedVault({ ...parts, protector: this.#key });
    this.#memory = new MemoryVault(parts);
    this.#current = this.#sealed;
    this.vault = new SwitchableVault(this.#current, () => (this.#otherKeyStore = false));
  }

  /** Over within half a second, whatever stands on the screen; a key store that answers later has its say then. */
  static async choose(parts: DesktopVaultParts): Promise<DesktopVault> {
    const chosen = new DesktopVault(parts);
    await withinMs(parts.clock, firstLookMs, chosen.#place());
    chosen.#inUse = true;
    chosen.#told = chosen.remark;
    return chosen;
  }

  get remark(): string | null {
    return this.trouble === null ? null : remarks[this.trouble];
  }

  get trouble(): KeyStoreTrouble | null {
    if (this.#otherKeyStore) return 'other';
    return this.#refused && this.vault.keyStore === 'memory' ? 'refused' : null;
  }

  /** Whether the system keeps a key that protects, so that there is nothing to choose; null: it is not known. */
  get storageProtected(): boolean | null {
    return this.#protection === 'protected' ? true : this.#protection === 'unprotected' ? false : null;
  }

  /** A person's word. It takes effect at once, and at the next starts. */
  async choose(choice: 'memory' | 'keep'): Promise<void> {
    // Only where it is asked: nothing else may say beforehand that a key need not be protected.
    if (this.#protection !== 'unprotected') return;
    await this.#parts.settings.set('unprotectedStorage', choice);
    await this.#place();
  }

  /** For the program's end. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelLook();
    await this.#sealed.close();
  }

  async #place(): Promise<void> {
    this.#protection = await this.#key.protection();
    this.#refused = await this.#isRefused();
    const wanted =
      this.#protection === 'pending' || (await this.#keyIsWanted()) ? this.#sealed : this.#memory;
    if (this.#closed) return;
    this.#cancelLook();
    if (this.#protection === 'pending') {
      this.#cancelLook = this.#parts.clock.schedule(lookAgainMs, () => void this.#place());
    }
    if (wanted !== this.#current) this.#switchTo(wanted);
    const { remark } = this;
    if (!this.#inUse || remark === this.#told) return;
    this.#told = remark;
    if (remark !== null) this.#parts.tell(remark);
  }

  #switchTo(wanted: Vault): void {
    this.#current = wanted;
    this.vault.switchTo(wanted);
    this.#parts.log.info('vault_placed', { keyStore: wanted.keyStore, protection: this.#protection });
    if (this.#inUse) this.#parts.switched();
  }

  /** Without its key Linux encrypts all the same, by the one that everybody knows: there may be a key store nevertheless. */
  async #isRefused(): Promise<boolean> {
    const { platform, hasKeyStore } = this.#parts;
    if (this.#protection === 'unprotected') return platform === 'linux' && (await hasKeyStore());
    return this.#protection === 'unavailable';
  }

  async #keyIsWanted(): Promise<boolean> {
    if (this.#protection === 'protected') return true;
    const { settings } = this.#parts;
    const text = await this.#storedKey();
    const opened = text === null ? null : await this.#key.unprotect(text);
    if (text !== null && opened?.ok && isUnprotected(text)) {
      // Settings can be lost; that it was kept shows what the person chose.
      if (settings.get('unprotectedStorage') === 'ask') await settings.set('unprotectedStorage', 'keep');
      return settings.get('unprotectedStorage') === 'keep';
    }
    if (opened?.ok || opened?.failure.kind === 'locked') return true;
    return this.#protection === 'unprotected' && settings.get('unprotectedStorage') === 'keep';
  }

  /** The protected key of the sessions that are stored here; null: there are none that could be read. */
  async #storedKey(): Promise<string | null> {
    const loaded = await new VaultFiles('safe-storage', this.#parts).load();
    if (!loaded.ok) return null;
    const { current, previous } = loaded.value;
    const content = current?.content ?? previous?.content;
    return content?.accounts.length ? content.key : null;
  }
}

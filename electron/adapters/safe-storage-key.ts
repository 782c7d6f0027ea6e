import type { SafeStorage } from 'electron';
import { failed, succeeded, type Result } from '../contract/result.ts';
import { CallQueue } from './call-queue.ts';
import type { DataKeyProtector, KeyLocked, KeyUndecryptable, OpenedDataKey } from './data-key.ts';
import { PatientCall } from './patient-call.ts';
import { madeWith, protectedText, sealedBytes, unprotectedMark } from './safe-storage-text.ts';
import { keyLength } from './seal.ts';

/** What is used of Electron's safeStorage: its asynchronous calls, after `ready` (the others go with Electron 46). */
export type AsyncSafeStorage = Pick<
  SafeStorage,
  'encryptStringAsync' | 'decryptStringAsync' | 'isAsyncEncryptionAvailable'
>;

/**
 * Whether the system keeps a key that protects. `unprotected`: it obfuscates only (Linux without a key store).
 * `unavailable`: it refuses. `pending`: it has not answered yet; somebody may be at its prompt.
 */
export type StorageProtection = 'protected' | 'unprotected' | 'unavailable' | 'pending';

export interface SafeStorageParts {
  readonly safeStorage: AsyncSafeStorage;
  readonly platform: NodeJS.Platform;
  /** Whether a key may be kept though the system does not protect it: the person said so. */
  readonly keepsUnprotected: () => boolean;
  /**
   * Linux: whether the desktop has a key store, open or not. Chromium gives no key both where there is none and where a
   * prompt was dismissed or the key store came late.
   */
  readonly hasKeyStore: () => Promise<boolean>;
  /** Told when a text does not open and another kind of key store made it: the person changed the desktop. */
  readonly switched?: (from: string, to: string) => void;
  /** How long a caller waits for an answer, in milliseconds. */
  readonly patienceMs?: number;
}

type Reply =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'opened'; readonly text: string; readonly again: boolean }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly detail: string };

/** The key store has not answered yet: its prompt may be on the screen. */
const notAnswered = failed<KeyLocked>({ kind: 'locked', reason: 'key_store' });
/** It has, and Electron keeps the answer for the whole process (os_crypt_async_encryptor_provider.cc). */
const lockedUntilRestart = failed<KeyLocked>({ kind: 'locked', reason: 'key_store_restart' });
const undecryptable = failed<KeyUndecryptable>({ kind: 'undecryptable' });

/** The data key, protected by Electron's safeStorage: the tray app's. */
export class SafeStorageKey implements DataKeyProtector {
  readonly keyStore = 'safe-storage';
  readonly #parts: SafeStorageParts;
  readonly #calls: PatientCall<Reply>;
  readonly #queue = new CallQueue();
  #lastDetail: string | null = null;

  constructor(parts: SafeStorageParts) {
    this.#parts = parts;
    this.#calls = new PatientCall(parts.patienceMs ?? 2_000);
  }

  /** What the system last said when it did not do what it was asked; null: nothing so far. Never a secret. */
  get lastDetail(): string | null {
    return this.#lastDetail;
  }

  /** Tries it out. On Linux no call tells; only the mark of what it made does (Chromium, `PosixKeyProvider`). */
  protection(): Promise<StorageProtection> {
    return this.#queue.run(async () => {
      const made = await this.#tryOut();
      if (made === null) return 'pending';
      if (made.kind !== 'bytes') return 'unavailable';
      return this.#protects(made.bytes) ? 'protected' : 'unprotected';
    });
  }

  protect(dataKey: Uint8Array): Promise<Result<string, KeyLocked>> {
    return this.#queue.run(async () => {
      const text = Buffer.from(dataKey).toString('base64url');
      const made = await this.#ask(`encrypt ${text}`, () => this.#encrypt(text));
      if (made === null) return notAnswered;
      if (made.kind !== 'bytes') return lockedUntilRestart;
      // A key store that stays locked leaves Chromium with the key that everybody knows.
      if (!this.#protects(made.bytes) && !this.#parts.keepsUnprotected()) return lockedUntilRestart;
      return succeeded(protectedText(made.bytes));
    });
  }

  unprotect(text: string): Promise<Result<OpenedDataKey, KeyLocked | KeyUndecryptable>> {
    return this.#queue.run(async () => {
      const bytes = sealedBytes(text);
      if (!bytes) return undecryptable;
      const reply = await this.#ask(`decrypt ${text}`, () => this.#decrypt(bytes));
      if (reply === null) return notAnswered;
      if (reply.kind !== 'opened') return this.#notOpened(text, reply);
      const dataKey = Buffer.from(reply.text, 'base64url');
      if (dataKey.length !== keyLength) return undecryptable;
      return succeeded({ dataKey, protectAgain: reply.again });
    });
  }

  #protects(bytes: Uint8Array): boolean {
    return this.#parts.platform !== 'linux' || madeWith(bytes) !== unprotectedMark;
  }

  /** Why a text did not open, as far as Electron lets it be told (electron_api_safe_storage.cc). */
  async #notOpened(
    text: string,
    reply: Exclude<Reply, { kind: 'opened' }>,
  ): Promise<Result<never, KeyLocked | KeyUndecryptable>> {
    // What macOS says of a Keychain that was denied.
    if (reply.kind === 'refused' && /temporarily unavailable/i.test(reply.detail)) return lockedUntilRestart;
    const [from = ''] = text.split(':');
    // The key of `v10` is always there: the text itself is damaged.
    if (this.#parts.platform !== 'linux' || from === unprotectedMark) return undecryptable;
    const made = await this.#tryOut();
    if (made === null) return notAnswered;
    const to = made.kind === 'bytes' ? madeWith(made.bytes) : unprotectedMark;
    if (to === unprotectedMark && (await this.#parts.hasKeyStore())) return lockedUntilRestart;
    if (made.kind === 'bytes' && from !== to) this.#parts.switched?.(from, to);
    return undecryptable;
  }

  async #tryOut(): Promise<Reply | null> {
    const { safeStorage } = this.#parts;
    const available = await this.#ask('available', async () => {
      return (await safeStorage.isAsyncEncryptionAvailable())
        ? { kind: 'bytes', bytes: new Uint8Array() }
        : { kind: 'absent' };
    });
    return available?.kind === 'bytes' ? this.#ask('try out', () => this.#encrypt('a try')) : available;
  }

  async #encrypt(text: string): Promise<Reply> {
    return { kind: 'bytes', bytes: await this.#parts.safeStorage.encryptStringAsync(text) };
  }

  async #decrypt(bytes: Buffer): Promise<Reply> {
    const { result, shouldReEncrypt } = await this.#parts.safeStorage.decryptStringAsync(bytes);
    return { kind: 'opened', text: result, again: shouldReEncrypt };
  }

  /** Null: no answer yet. */
  async #ask(what: string, call: () => Promise<Reply>): Promise<Reply | null> {
    const reply = await this.#calls.answer(what, () => call().catch(refused));
    if (reply === null) this.#lastDetail = 'the key store has not answered yet';
    if (reply?.kind === 'refused') this.#lastDetail = reply.detail;
    return reply;
  }
}

function refused(error: unknown): Reply {
  return { kind: 'refused', detail: error instanceof Error ? error.message : String(error) };
}

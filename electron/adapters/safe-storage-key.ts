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

const locked = failed<KeyLocked>({ kind: 'locked', reason: 'key_store' });
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
      if (made?.kind !== 'bytes') return locked;
      // A key store that stays locked leaves Chromium with the key that everybody knows.
      if (!this.#protects(made.bytes) && !this.#parts.keepsUnprotected()) return locked;
      return succeeded(protectedText(made.bytes));
    });
  }

  unprotect(text: string): Promise<Result<OpenedDataKey, KeyLocked | KeyUndecryptable>> {
    return this.#queue.run(async () => {
      const bytes = sealedBytes(text);
      if (!bytes) return undecryptable;
      const reply = await this.#ask(`decrypt ${text}`, () => this.#decrypt(bytes));
      // The only way to tell a key store that is locked from a wrong key (Electron, electron_api_safe_storage.cc).
      if (reply === null || (reply.kind === 'refused' && /temporarily unavailable/i.test(reply.detail))) {
        return locked;
      }
      const dataKey = reply.kind === 'opened' ? Buffer.from(reply.text, 'base64url') : null;
      if (reply.kind !== 'opened' || dataKey?.length !== keyLength) {
        await this.#lookForSwitch(text);
        return undecryptable;
      }
      return succeeded({ dataKey, protectAgain: reply.again });
    });
  }

  #protects(bytes: Uint8Array): boolean {
    return this.#parts.platform !== 'linux' || madeWith(bytes) !== unprotectedMark;
  }

  async #lookForSwitch(text: string): Promise<void> {
    const made = await this.#tryOut();
    if (this.#parts.platform !== 'linux' || made?.kind !== 'bytes') return;
    const [from = ''] = text.split(':');
    const to = madeWith(made.bytes);
    if (from !== to) this.#parts.switched?.(from, to);
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

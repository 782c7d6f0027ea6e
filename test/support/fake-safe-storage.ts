import type { AsyncSafeStorage } from '../../electron/adapters/safe-storage-key.ts';

/**
 * Electron's safeStorage as far as it is used: marks a text instead of encrypting it. `mark`: the kind of key store
 * that Chromium finds (`v11`: one that protects, `v10`: none). A text opens under the mark and the key it was made with.
 */
export class FakeSafeStorage implements AsyncSafeStorage {
  mark: string;
  key = 'this computer';
  /** Answers as Electron does while the key store is locked. */
  locked = false;
  /** Refuses to encrypt: the person denied it. */
  denies = false;
  wantsReEncryption = false;
  available = true;
  calls = 0;
  #prompt: { readonly answered: Promise<void>; readonly answer: () => void } | null = null;

  constructor(mark = 'v11') {
    this.mark = mark;
  }

  /** From now on each call waits at a prompt, until `answerPrompt`. */
  prompt(): void {
    const { promise: answered, resolve: answer } = Promise.withResolvers<undefined>();
    this.#prompt = { answered, answer: () => answer(undefined) };
  }

  answerPrompt(): void {
    this.#prompt?.answer();
    this.#prompt = null;
  }

  async isAsyncEncryptionAvailable(): Promise<boolean> {
    await this.#called();
    return this.available;
  }

  async encryptStringAsync(plainText: string): Promise<Buffer> {
    await this.#called();
    if (this.denies)
      throw new Error('Error while encrypting the text provided to safeStorage.encryptStringAsync.');
    return Buffer.from(`${this.mark}${this.key}|${plainText}`);
  }

  async decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    await this.#called();
    if (this.locked)
      throw new Error('safeStorage.decryptStringAsync is temporarily unavailable. Please try again.');
    const [key, text] = encrypted.toString().slice(3).split('|');
    if (key !== this.key || text === undefined || !encrypted.toString().startsWith(this.mark)) {
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.');
    }
    return { result: text, shouldReEncrypt: this.wantsReEncryption };
  }

  async #called(): Promise<void> {
    this.calls += 1;
    await this.#prompt?.answered;
  }
}

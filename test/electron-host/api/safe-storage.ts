import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { onControl } from '../control/control-channel.ts';
import { hostSettings, type KeyStoreState } from '../control/settings.ts';
import { app } from './app.ts';
import { readiness } from './readiness.ts';

let state: KeyStoreState = hostSettings.keyStore ?? 'protected';
let rotations = 0;
let answered = Promise.withResolvers<undefined>();

onControl('keyStore.set', (wanted) => {
  state = wanted;
  if (wanted === 'prompting') return;
  answered.resolve(undefined);
  answered = Promise.withResolvers();
});
onControl('keyStore.rotate', () => {
  rotations += 1;
});

/** While the key store asks the person, everybody waits. */
async function unlessPrompting(): Promise<void> {
  while (state === 'prompting') await answered.promise;
}

/**
 * The key of a prefix. `v11` is the key store's, which belongs to the app's name and userData: other ones do not open
 * what these have sealed, a restart does. `v10` is a constant that everybody knows.
 */
function key(prefix: string, rotation: number): Buffer {
  const owner =
    prefix === 'v10' ? 'peanuts' : JSON.stringify([app.getPath('userData'), app.getName(), rotation]);
  const other = prefix === 'v11' && state === 'other-key' ? 'another key store' : '';
  return createHash('sha256').update(owner).update(other).digest();
}

/**
 * `electron.safeStorage`, its asynchronous calls alone: the others are gone in Electron 46. On a Linux without an open
 * key store Chromium encrypts all the same, by the constant key.
 */
export const safeStorage = {
  async isAsyncEncryptionAvailable(): Promise<boolean> {
    if (!readiness.ready) return false;
    await unlessPrompting();
    return true;
  },

  async encryptStringAsync(plainText: string): Promise<Buffer> {
    if (!readiness.ready) throw new Error('safeStorage cannot be used before app is ready');
    if (typeof plainText !== 'string')
      throw new TypeError('Error processing argument at index 0, conversion failure');
    await unlessPrompting();
    const prefix = state === 'obfuscation' || state === 'locked' ? 'v10' : 'v11';
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key(prefix, rotations), nonce);
    const sealed = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return Buffer.concat([Buffer.from(prefix), Buffer.of(rotations), nonce, sealed]);
  },

  async decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    if (!readiness.ready) throw new Error('safeStorage cannot be used before app is ready');
    if (!Buffer.isBuffer(encrypted)) {
      throw new TypeError('Expected the first argument of decryptStringAsync() to be a buffer');
    }
    await unlessPrompting();
    const failure = 'Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.';
    const prefix = encrypted.subarray(0, 3).toString();
    if (prefix !== 'v10' && prefix !== 'v11') throw new Error(failure);
    if (prefix === 'v11' && state === 'locked') {
      throw new Error('safeStorage.decryptStringAsync is temporarily unavailable. Please try again.');
    }
    // No key store, no key of it.
    if (prefix === 'v11' && state === 'obfuscation') throw new Error(failure);
    const rotation = encrypted[3] ?? 0;
    try {
      const decipher = createDecipheriv('aes-256-gcm', key(prefix, rotation), encrypted.subarray(4, 16));
      decipher.setAuthTag(encrypted.subarray(-16));
      const result = decipher.update(encrypted.subarray(16, -16), undefined, 'utf8') + decipher.final('utf8');
      const shouldReEncrypt = rotation !== rotations || (prefix === 'v10' && state === 'protected');
      return { result, shouldReEncrypt };
    } catch {
      throw new Error(failure);
    }
  },

  /** Linux: a guess from the desktop's name, whatever is really there. */
  getSelectedStorageBackend(): 'basic_text' | 'gnome_libsecret' | 'unknown' {
    if (!readiness.ready) return 'unknown';
    return state === 'obfuscation' ? 'basic_text' : 'gnome_libsecret';
  },

  setUsePlainTextEncryption(): void {
    // Changes the synchronous calls alone.
  },
};

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onControl } from '../control/control-channel.ts';
import { hostSettings, type KeyStoreState } from '../control/settings.ts';
import { app } from './app.ts';
import { keyRing, type KeyRing } from './key-ring.ts';
import { readiness } from './readiness.ts';

let state: KeyStoreState = stateAtStart();
let answered = Promise.withResolvers<undefined>();
let ring: Promise<KeyRing> | null = null;

// A process whose key store has answered keeps the answer: what is set here then counts for the next process.
onControl('keyStore.set', (wanted) => {
  state = wanted;
  keepState();
  if (wanted === 'prompting') return;
  answered.resolve(undefined);
  answered = Promise.withResolvers();
});
keepState();

/** The key store outlives the app: one that `app.relaunch` starts finds it as it was left. */
function stateAtStart(): KeyStoreState {
  const { systemFolder, controller, keyStore = 'protected' } = hostSettings;
  if (systemFolder === undefined || controller === undefined) return keyStore;
  return readFileSync(join(systemFolder, 'key-store-state'), 'utf8') as KeyStoreState;
}

/** The app also asks the session bus whether there is a key store; in a test a program answers for the bus. */
function keepState(): void {
  const { systemFolder } = hostSettings;
  if (systemFolder === undefined) return;
  writeFileSync(join(systemFolder, 'key-store-state'), state);
  writeFileSync(join(systemFolder, 'key-store'), state === 'obfuscation' ? '' : 'org.freedesktop.secrets');
}

/** Made at the first question after `ready`, and then kept (shell/browser/os_crypt_async_encryptor_provider.cc). */
function theRing(): Promise<KeyRing> {
  ring ??= makeRing();
  return ring;
}

async function makeRing(): Promise<KeyRing> {
  // While the key store asks the person, everybody waits.
  while (state === 'prompting') await answered.promise;
  return keyRing(state, {
    platform: process.platform,
    userData: app.getPath('userData'),
    name: app.getName(),
  });
}

/**
 * `electron.safeStorage`, its asynchronous calls alone: the others are gone in Electron 46. The texts of its errors are
 * those of shell/browser/api/electron_api_safe_storage.cc.
 */
export const safeStorage = {
  async isAsyncEncryptionAvailable(): Promise<boolean> {
    if (!readiness.ready) return false;
    await theRing();
    return true;
  },

  async encryptStringAsync(plainText: string): Promise<Buffer> {
    if (!readiness.ready) throw new Error('safeStorage cannot be used before app is ready');
    if (typeof plainText !== 'string')
      throw new TypeError('Error processing argument at index 0, conversion failure');
    const { keys, encrypts } = await theRing();
    if (plainText === '') return Buffer.alloc(0);
    const key = encrypts === null ? null : keys.get(encrypts);
    if (encrypts === null || !key)
      throw new Error('Error while encrypting the text provided to safeStorage.encryptStringAsync.');
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const sealed = [cipher.update(plainText, 'utf8'), cipher.final(), cipher.getAuthTag()];
    return Buffer.concat([Buffer.from(encrypts), nonce, ...sealed]);
  },

  async decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    if (!readiness.ready) throw new Error('safeStorage cannot be used before app is ready');
    if (!Buffer.isBuffer(encrypted)) {
      throw new Error('Expected the first argument of decryptStringAsync() to be a buffer');
    }
    if (encrypted.length === 0) return { result: '', shouldReEncrypt: false };
    const { keys, encrypts } = await theRing();
    const mark = encrypted.toString('latin1', 0, 3);
    const key = keys.get(mark);
    if (key === null) {
      throw new Error('safeStorage.decryptStringAsync is temporarily unavailable. Please try again.');
    }
    try {
      if (key === undefined) throw new Error(`no key ${mark}`);
      const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(3, 15));
      decipher.setAuthTag(encrypted.subarray(-16));
      const result = decipher.update(encrypted.subarray(15, -16), undefined, 'utf8') + decipher.final('utf8');
      return { result, shouldReEncrypt: mark !== encrypts };
    } catch {
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.');
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

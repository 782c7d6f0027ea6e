import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const nonceLength = 12;
const tagLength = 16;

/** The length of every key in bytes (AES-256). */
export const keyLength = 32;

/**
 * Seals bytes by AES-256-GCM (NIST SP 800-38D) under a key of 32 bytes and a random 96-bit nonce. `context` is not
 * kept, but the seal opens only with the same. Answers nonce, ciphertext and tag as base64url.
 */
export function seal(key: Uint8Array, context: string, content: Uint8Array): string {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(context));
  const sealed = [nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(sealed).toString('base64url');
}

/** Opens what `seal` made; null where the key or the context is another one, or a bit has changed. */
export function openSeal(key: Uint8Array, context: string, sealed: string): Buffer | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < nonceLength + tagLength) return null;
  const nonce = bytes.subarray(0, nonceLength);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(-tagLength));
  const content = decipher.update(bytes.subarray(nonceLength, -tagLength));
  try {
    return Buffer.concat([content, decipher.final()]);
  } catch {
    return null;
  } finally {
    content.fill(0);
  }
}

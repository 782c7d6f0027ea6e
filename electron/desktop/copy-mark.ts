import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A small file of the home: what is used of it. */
export interface MarkFile {
  /** Null: there is none, or it cannot be read. */
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
  remove(): Promise<void>;
}

/** What a copied text is recognised by after a crash. */
export interface CopyMark {
  set(text: string): Promise<void>;
  /** Whether there is one, of whatever text. */
  isSet(): Promise<boolean>;
  isOf(text: string): Promise<boolean>;
  forget(): Promise<void>;
}

const form = /^1\.([\w-]{22})\.([\w-]{43})$/;

/**
 * Remembers a copy by a keyed hash (HMAC-SHA-256, RFC 2104) in a file. The key is new each time and only half of it
 * stands in the file: alone it tells nothing, not even to somebody who has a token and wonders whether it is this one.
 * `place`: the other half, which every start of the program knows and the file does not hold.
 */
export function hashedCopyMark(file: MarkFile, place: string): CopyMark {
  const digest = (salt: string, text: string) =>
    createHmac('sha256', `${salt} ${place}`).update(text).digest();
  return {
    set(text) {
      const salt = randomBytes(16).toString('base64url');
      return file.write(`1.${salt}.${digest(salt, text).toString('base64url')}`);
    },
    async isSet() {
      return form.test((await file.read()) ?? '');
    },
    async isOf(text) {
      const [, salt, stored] = form.exec((await file.read()) ?? '') ?? [];
      if (salt === undefined || stored === undefined || text === '') return false;
      return timingSafeEqual(digest(salt, text), Buffer.from(stored, 'base64url'));
    },
    forget: () => file.remove(),
  };
}

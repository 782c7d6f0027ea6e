/** The mark of a key that is the same on every computer (Chromium, `PosixKeyProvider`): obfuscation only. */
export const unprotectedMark = 'v10';

const form = /^(v\d\d|other):([\w-]+)$/;

/** Which kind of key store made these bytes: Chromium's mark in front of them, such as `v11`; `other`: none it is. */
export function madeWith(bytes: Uint8Array): string {
  const mark = Buffer.from(bytes.subarray(0, 3)).toString('latin1');
  return /^v\d\d$/.test(mark) ? mark : 'other';
}

/** What the vault file keeps: the mark in clear, so that a change of the desktop can be told from a lost key. */
export function protectedText(bytes: Uint8Array): string {
  return `${madeWith(bytes)}:${Buffer.from(bytes).toString('base64url')}`;
}

/** The bytes of such a text; null: it is none. */
export function sealedBytes(text: string): Buffer | null {
  const sealed = form.exec(text)?.[2];
  return sealed === undefined ? null : Buffer.from(sealed, 'base64url');
}

/** Whether a vault's key was kept though nothing protects it. */
export function isUnprotected(text: string): boolean {
  return text.startsWith(`${unprotectedMark}:`);
}

/**
 * Bytes as UTF-8, without a byte order mark. Null: they are not UTF-8, or hold a NUL, as UTF-16 does. A secret that was
 * read loosely would be sent with U+FFFD in it, and spend a try.
 */
export function strictText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/** Whether a text that Node decoded, as it does with arguments and the environment, was strict UTF-8. */
export function wasStrictText(text: string): boolean {
  return text.isWellFormed() && !/[\0\uFFFD]/.test(text);
}

/** Longer than any password or token; the endpoint takes no more. */
const mostBytes = 65_536;

/** All of standard input as `strictText`; null also where it cannot be read, or is longer than 64 KiB. */
export async function readStandardInput(): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > mostBytes) return null;
    }
  } catch {
    return null;
  }
  return strictText(Buffer.concat(chunks));
}

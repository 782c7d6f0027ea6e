import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib';

/** The most that is read of an answer's body, packed or unpacked, in bytes. */
export const largestBody = 1024 * 1024;

/**
 * An answer's body as text. `identity` was asked for, yet an unread answer may cost the session, so the usual
 * content codings (RFC 9110 §8.4.1) are undone all the same. Cut bodies give what came of them; those of an
 * unknown coding, or larger than 1 MiB once unpacked, an empty text.
 */
export function bodyText(body: Buffer, contentEncoding: string | null): string {
  try {
    return unpacked(body, (contentEncoding ?? 'identity').trim().toLowerCase()).toString('utf8');
  } catch {
    return '';
  }
}

function unpacked(body: Buffer, coding: string): Buffer {
  const limit = { maxOutputLength: largestBody };
  switch (coding) {
    case 'identity':
    case '':
      return body;
    case 'gzip':
    case 'x-gzip':
      return gunzipSync(body, { ...limit, finishFlush: constants.Z_SYNC_FLUSH });
    case 'deflate':
      return inflateSync(body, { ...limit, finishFlush: constants.Z_SYNC_FLUSH });
    case 'br':
      return brotliDecompressSync(body, { ...limit, finishFlush: constants.BROTLI_OPERATION_FLUSH });
    default:
      return Buffer.alloc(0);
  }
}

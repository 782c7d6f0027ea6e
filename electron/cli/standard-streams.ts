import { writeSync } from 'node:fs';

const streams = { 1: () => process.stdout, 2: () => process.stderr };
/** Those that take no more at the moment, and Windows' console, which takes characters and no bytes of UTF-8. */
const buffered = new Set<1 | 2>(process.platform === 'win32' ? [1, 2] : []);

/**
 * Writes a text to standard output (1) or standard error (2), at once: loading Node's streams for it would cost a
 * call about as much as asking for the token. Answers whether it could be written. A reader who goes before all is
 * said, as `head` does, is no failure of ours.
 */
export function writeText(to: 1 | 2, text: string): boolean {
  let rest: Uint8Array = Buffer.from(text);
  try {
    while (!buffered.has(to) && rest.length > 0) rest = rest.subarray(writeSync(to, rest));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'EAGAIN') return code === 'EPIPE';
    buffered.add(to);
  }
  if (rest.length > 0) writeLater(streams[to](), rest);
  return true;
}

function writeLater(stream: NodeJS.WriteStream, bytes: Uint8Array): void {
  if (stream.listenerCount('error') === 0) stream.on('error', () => undefined);
  stream.write(bytes);
}

/** Whether all that was written has been taken, so that the program may end at once. */
export function allIsWritten(): boolean {
  return buffered.size === 0;
}

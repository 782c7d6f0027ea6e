import { PassThrough } from 'node:stream';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { ProxiedExchange } from './proxied-exchange.ts';
import { awaitsContinue, bodyLimitBytes, declaredBytes, readBytes } from './request-body.ts';

/** A request's body on its way to the API. */
export type ProxiedBody =
  /** Held whole, so that it can be sent once more; null: there is none. */
  | { readonly kind: 'held'; readonly bytes: Buffer | null }
  /** Too large for that, or of a length that nobody knows: it passes through. */
  | {
      readonly kind: 'passing';
      /** Ends the exchange where the body grows beyond `limitBytes`. */
      readonly stream: (exchange: ProxiedExchange, limitBytes: number) => Readable;
    }
  | { readonly kind: 'incomplete' };

/** Reads a small body, and prepares a large one to pass. A caller that waits for 100 Continue is told to go on. */
export async function proxiedBody(
  message: IncomingMessage,
  response: ServerResponse,
  hasBody: boolean,
): Promise<ProxiedBody> {
  if (!hasBody) return { kind: 'held', bytes: null };
  const declared = declaredBytes(message);
  if (declared !== null && declared <= bodyLimitBytes) {
    const bytes = await readBytes(message, response);
    return bytes instanceof Buffer ? { kind: 'held', bytes } : { kind: 'incomplete' };
  }
  return {
    kind: 'passing',
    stream: (exchange, limitBytes) => {
      if (awaitsContinue(message)) response.writeContinue();
      return passing(message, exchange, limitBytes);
    },
  };
}

/**
 * The body as a stream of its own, with as much in it as one side is ahead of the other. What ends it at the API's side
 * leaves the caller's connection standing, since an answer goes back by it.
 */
function passing(message: IncomingMessage, exchange: ProxiedExchange, limitBytes: number): Readable {
  const stream = new PassThrough();
  let bytes = 0;
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    exchange.moved();
    if (bytes > limitBytes) exchange.end('too_large');
  };
  message.on('data', count).pipe(stream);
  const leave = () => {
    if (!message.complete) stream.destroy(new Error('The caller has left.'));
  };
  message.once('close', leave);
  stream.once('close', () => {
    message.off('close', leave).off('data', count);
    message.unpipe(stream);
    // What still comes goes nowhere: unread, it would hide that the caller leaves.
    message.resume();
  });
  // Whoever reads the stream is told; without a listener here, the process would end.
  stream.on('error', () => undefined);
  return stream;
}

/** Writes the API's answer as it comes, no faster than the caller reads. Where it breaks off, so does the caller's. */
export function passAnswer(
  { status, fields, body }: { readonly status: number; readonly fields: string[]; readonly body: Readable },
  response: ServerResponse,
  exchange: ProxiedExchange,
): Promise<void> {
  const moved = () => exchange.moved();
  response.sendDate = false;
  response.writeHead(status, fields);
  // The head of a slow answer does not wait for its first byte.
  const soon = setImmediate(() => response.flushHeaders());
  return new Promise((resolve) => {
    const cut = () => response.destroy();
    // Half an answer must not look like a whole one.
    body.once('error', cut);
    // One that has come whole is not cut by its connection.
    exchange.signal.addEventListener('abort', cut);
    response.once('close', () => {
      clearImmediate(soon);
      exchange.signal.removeEventListener('abort', cut);
      if (!body.readableEnded) body.destroy();
      resolve();
    });
    // Not by `pipeline`, which makes an error of its own to end with each time: a tenth of the whole.
    body.on('data', moved).pipe(response.on('drain', moved));
  });
}

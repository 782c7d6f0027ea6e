import { request, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { ConnectionReason } from '../contract/failures.ts';
import type { ApiWay, ApiWays } from './api-ways.ts';
import { valuesOf } from './proxied-fields.ts';

/** A request as the API is to get it. */
export interface ApiRequest {
  readonly method: string;
  readonly origin: URL;
  /** Path and query, as they go into the request line. */
  readonly path: string;
  /** Names and values in turn. */
  readonly fields: string[];
  readonly body: Buffer | Readable | null;
  /** Ends the request, wherever it is. */
  readonly signal: AbortSignal;
  /** Asked last, once it is known how to reach the API; false: nothing is sent. Left out: it may. */
  readonly mayLeave?: () => boolean;
}

export type ApiReply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly fields: string[];
      readonly body: Readable;
      /** Instead of reading the body: its connection serves again, unless much of it is still to come, or it takes long. */
      readonly drop: () => void;
    }
  /** No answer came. `unsent`: certainly not a byte of the request reached the API. */
  | { readonly kind: 'none'; readonly unsent: boolean; readonly reason: ConnectionReason };

/** How much of an answer is read to be dropped; in bytes. */
const droppedBytes = 65_536;
/** How long its end is waited for then, in milliseconds. */
const droppingLimitMs = 1_000;

/** Methods whose requests have no `Content-Length` if they have no body (RFC 9110 §8.6). */
const bodiless = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);

/** Sends one request, once, and follows no redirect. Never rejects. The caller reads an answer's body, or drops it. */
export async function askApi(ways: ApiWays, asked: ApiRequest): Promise<ApiReply> {
  const way = await ways.to(asked.origin);
  if (way === null) return { kind: 'none', unsent: true, reason: 'proxy' };
  if (asked.mayLeave?.() === false) return { kind: 'none', unsent: true, reason: 'cut' };
  return new Promise((resolve) => {
    try {
      send(way, asked, resolve);
    } catch (error) {
      // Node refuses to write such a request.
      resolve({ kind: 'none', unsent: true, reason: way.reason(error, true) });
    }
  });
}

function send(way: ApiWay, asked: ApiRequest, resolve: (reply: ApiReply) => void): void {
  const { method, path, body, signal } = asked;
  let unsent = true;
  const fail = (error: unknown) => resolve({ kind: 'none', unsent, reason: way.reason(error, unsent) });
  if (signal.aborted) {
    fail(signal.reason);
    return;
  }
  const sent = request({ agent: way.agent, method, path, headers: fieldsOf(asked) });
  const giveUp = () => {
    if (sent.socket) way.reset(sent.socket);
    else sent.destroy();
    fail(signal.reason);
  };
  signal.addEventListener('abort', giveUp);
  sent
    // Told before the first byte is written.
    .once('socket', () => (unsent = false))
    .once('response', (answer) => resolve(replyOf(answer)))
    .on('error', fail)
    // The connection serves other requests after this. Only this event follows an answer that changes the protocol.
    .once('close', () => {
      signal.removeEventListener('abort', giveUp);
      fail(null);
    });
  if (!(body instanceof Readable)) {
    sent.end(body);
    return;
  }
  sent.flushHeaders();
  body.once('error', giveUp).pipe(sent);
  sent.once('close', () => body.destroy());
}

function fieldsOf({ method, origin, fields, body }: ApiRequest): readonly string[] {
  const all = ['Host', origin.host, ...fields];
  if (body instanceof Readable) {
    if (valuesOf(fields, 'content-length').length === 0) all.push('Transfer-Encoding', 'chunked');
  } else if (body !== null || !bodiless.has(method)) all.push('Content-Length', String(body?.length ?? 0));
  return all;
}

function replyOf(answer: IncomingMessage): ApiReply {
  const { rawHeaders: fields, statusCode: status = 0 } = answer;
  // 101 without `Upgrade`: no request of ours asks for another protocol.
  if (
    status < 200 ||
    valuesOf(fields, 'transfer-encoding').some((coding) => coding.toLowerCase() !== 'chunked')
  ) {
    // Undone by nobody and told to nobody, it would make another text of the body (RFC 9112 §6.1).
    answer.on('error', () => undefined).destroy();
    return { kind: 'none', unsent: false, reason: 'cut' };
  }
  return { kind: 'answer', status, fields, body: answer, drop: () => drop(answer) };
}

function drop(answer: IncomingMessage): void {
  let bytes = 0;
  // Nothing else would end one that never ends: the request that it belongs to may be over long before.
  const limit = setTimeout(() => answer.destroy(), droppingLimitMs).unref();
  answer.on('error', () => undefined).once('close', () => clearTimeout(limit));
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > droppedBytes) answer.destroy();
  });
}

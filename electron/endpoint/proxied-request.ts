import type { Readable } from 'node:stream';
import type { ConnectionReason } from '../contract/failures.ts';
import type { ApiWays } from './api-ways.ts';
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
}

export type ApiReply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly fields: string[];
      readonly body: Readable;
      /** Instead of reading the body: its connection serves again, unless much of it is still to come. */
      readonly drop: () => void;
    }
  /** No answer came. `unsent`: certainly not a byte of the request reached the API. */
  | { readonly kind: 'none'; readonly unsent: boolean; readonly reason: ConnectionReason };

/** How much of an answer is read to be dropped; in bytes. */
const droppedBytes = 65_536;

/** Sends one request, once, and follows no redirect. Never rejects. The caller reads an answer's body, or drops it. */
export async function askApi(ways: ApiWays, request: ApiRequest): Promise<ApiReply> {
  const { origin, body } = request;
  const way = await ways.to(origin);
  if (way === null) return { kind: 'none', unsent: true, reason: 'proxy' };
  try {
    const answer = await way.dispatcher.request({
      origin: origin.origin,
      method: request.method,
      path: request.path,
      headers: request.fields,
      body,
      signal: request.signal,
      responseHeaders: 'raw',
    });
    // With `raw` they are names and values in turn; undici's types do not tell.
    const fields = answer.headers as unknown as string[];
    const { statusCode: status, body: answered } = answer;
    const drop = () => void answered.dump({ limit: droppedBytes }).catch(() => undefined);
    if (valuesOf(fields, 'transfer-encoding').some((coding) => coding.toLowerCase() !== 'chunked')) {
      // Undone by nobody and told to nobody, it would make another text of the body (RFC 9112 §6.1).
      answered.on('error', () => undefined).destroy();
      return { kind: 'none', unsent: false, reason: 'cut' };
    }
    return { kind: 'answer', status, fields, body: answered, drop };
  } catch (error) {
    return { kind: 'none', ...way.explain(error) };
  }
}

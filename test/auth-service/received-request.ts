import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { MIMEType } from 'node:util';
import type { z } from 'zod';
import { Refusal, failure } from './answers.ts';

/** A request as the routes see it: read whole, before any fault's delay. */
export interface ReceivedRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer | 'too_large';
}

/** Bytes; a login or refresh needs a few hundred. */
export const bodyLimit = 16 * 1024;

/** @returns the body, or undefined if the client went away before it had sent all of it */
export async function receiveBody(incoming: IncomingMessage): Promise<Buffer | 'too_large' | undefined> {
  const chunks: Buffer[] = [];
  const stream: AsyncIterable<Buffer> = incoming;
  let length = 0;
  try {
    // What is over the limit is read all the same, and thrown away: many clients hear no answer while they send.
    for await (const chunk of stream) {
      length += chunk.length;
      if (length <= bodyLimit) chunks.push(chunk);
    }
  } catch (error) {
    if (!incoming.complete) return undefined;
    throw error;
  }
  return length > bodyLimit ? 'too_large' : Buffer.concat(chunks);
}

/** @throws Refusal 413 */
export function wholeBody(request: ReceivedRequest): Buffer {
  if (request.body === 'too_large')
    throw new Refusal(failure(413, `The body is larger than ${bodyLimit} bytes`));
  return request.body;
}

/** @throws Refusal 415 unless the body is said to be plain JSON in UTF-8 (RFC 8259 §8.1) */
export function requireJson(headers: IncomingHttpHeaders): void {
  const type = mediaType(headers['content-type'] ?? '');
  const charset = type?.params.get('charset')?.toLowerCase() ?? 'utf-8';
  const coding = headers['content-encoding'] ?? 'identity';
  if (type?.essence !== 'application/json' || charset !== 'utf-8' || coding !== 'identity') {
    throw new Refusal(failure(415, 'The body must be application/json in UTF-8, not encoded'));
  }
}

/** @throws Refusal 413 if the body is too large, 400 if it is no JSON or does not fit `schema` */
export function readJson<S extends z.ZodType>(request: ReceivedRequest, schema: S): z.output<S> {
  const checked = schema.safeParse(parseJson(wholeBody(request)));
  if (checked.success) return checked.data;
  const problems = checked.error.issues.map(({ path, message }) => [...path, message].join(': '));
  throw new Refusal(failure(400, problems.join('; ')));
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Refusal(failure(400, 'The body is not JSON in UTF-8'));
  }
}

function mediaType(text: string): MIMEType | undefined {
  try {
    return new MIMEType(text);
  } catch {
    return undefined;
  }
}

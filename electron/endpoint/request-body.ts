import type { IncomingMessage, ServerResponse } from 'node:http';

/** The largest body that is held in memory, in bytes. */
export const bodyLimitBytes = 65_536;

const readingLimitMs = 5_000;
const discardingLimitMs = 1_000;

/** Why there is no body. `incomplete`: too slow, or cut off. */
type NoBody = { readonly kind: 'too_large' } | { readonly kind: 'incomplete' };

/** A body as JSON, or why there is none. */
export type JsonBody =
  { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'not_json' } | NoBody;

/** A body as text, or why there is none. */
export type TextBody =
  { readonly kind: 'text'; readonly value: string } | { readonly kind: 'not_text' } | NoBody;

/**
 * Reads a body as JSON (RFC 8259), whatever its Content-Type says: `curl -d` sends a form's, and what keeps web
 * pages out is the gate.
 */
export async function readJsonBody(request: IncomingMessage, response: ServerResponse): Promise<JsonBody> {
  const body = await readTextBody(request, response);
  if (body.kind === 'not_text') return { kind: 'not_json' };
  if (body.kind !== 'text') return body;
  try {
    return { kind: 'json', value: JSON.parse(body.value) };
  } catch {
    // The error's own text quotes the body, which may hold a password.
    return { kind: 'not_json' };
  }
}

/** Reads a body as UTF-8. */
export async function readTextBody(request: IncomingMessage, response: ServerResponse): Promise<TextBody> {
  const bytes = await readBytes(request, response);
  if (bytes === 'too_large' || bytes === 'incomplete') return { kind: bytes };
  try {
    return { kind: 'text', value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { kind: 'not_text' };
  }
}

/** Reads a body of 64 KiB at most, for 5 s at most. Only behind the gate is a waiting client told 100 Continue. */
export async function readBytes(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Buffer | NoBody['kind']> {
  const declared = declaredBytes(request);
  if (declared === 0) return Buffer.alloc(0);
  if (declared !== null && declared > bodyLimitBytes) return 'too_large';
  if (awaitsContinue(request)) response.writeContinue();
  return collect(request, readingLimitMs);
}

/**
 * Lets a small body that nobody reads arrive before the connection is closed: closing it with bytes unread makes
 * some systems drop our answer too. Neither a large body nor a slow one is waited for.
 */
export async function discardBody(request: IncomingMessage): Promise<void> {
  if ((declaredBytes(request) ?? 0) > bodyLimitBytes || awaitsContinue(request)) return;
  await collect(request, discardingLimitMs);
}

function collect(request: IncomingMessage, limitMs: number): Promise<Buffer | NoBody['kind']> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (outcome: Buffer | NoBody['kind']) => {
      clearTimeout(timer);
      request.off('data', take).off('end', finish).off('close', giveUp);
      resolve(outcome);
    };
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= bodyLimitBytes) chunks.push(chunk);
      else settle('too_large');
    };
    const finish = () => settle(Buffer.concat(chunks));
    const giveUp = () => settle('incomplete');
    const timer = setTimeout(giveUp, limitMs);
    request.on('data', take).on('end', finish).on('close', giveUp);
    if (request.destroyed || request.readableEnded) giveUp();
  });
}

/** Null where the length is not told beforehand (chunked). */
export function declaredBytes(request: IncomingMessage): number | null {
  if (request.headers['transfer-encoding'] !== undefined) return null;
  return Number(request.headers['content-length'] ?? 0);
}

/** Whether the client waits for 100 Continue before it sends its body (RFC 9110 §10.1.1). */
export function awaitsContinue(request: IncomingMessage): boolean {
  return request.headers.expect?.toLowerCase() === '100-continue' && request.httpVersion !== '1.0';
}

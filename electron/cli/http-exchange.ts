import { connect } from 'node:net';

export type Target = { readonly path: string } | { readonly host: '127.0.0.1'; readonly port: number };

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly key: string;
  readonly body: string | null;
}

export interface Answer {
  readonly status: number;
  /** Seconds; null: the answer names none. */
  readonly retryAfter: number | null;
  readonly body: string;
}

/** Longer than the endpoint takes for any answer (20 s, and a sign-in that waits for an earlier one). */
const timeLimitMs = 45_000;

/**
 * One HTTP/1.1 exchange over a socket of its own (RFC 9112). Loading `node:http` would cost as much as Node's
 * own start; the endpoint's answers are small and have a Content-Length. Null: nobody answered in HTTP.
 */
export function exchange(target: Target, request: Request): Promise<Answer | null> {
  return new Promise((resolve) => {
    const socket = connect(target);
    const chunks: Buffer[] = [];
    socket.setTimeout(timeLimitMs, () => socket.destroy());
    // Before it is connected, the socket keeps it back for us.
    socket.write(head(target, request) + (request.body ?? ''));
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      // To wait for the other side to close would cost a call a tenth of its time.
      const answer = parseAnswer(Buffer.concat(chunks));
      if (answer === null) return;
      socket.destroy();
      resolve(answer);
    });
    // Whatever ended it, 'close' follows; what had come by then is no whole answer.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(null));
  });
}

function head(target: Target, { method, path, key, body }: Request): string {
  const host = 'path' in target ? 'localhost' : `${target.host}:${target.port}`;
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    `Authorization: Bearer ${key}`,
    'Connection: close',
  ];
  if (method === 'POST') lines.push(`Content-Length: ${Buffer.byteLength(body ?? '')}`);
  if (body !== null) lines.push('Content-Type: application/json');
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** Null: it is not whole, or not HTTP. */
function parseAnswer(bytes: Buffer): Answer | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = bytes.toString('latin1', 0, headEnd);
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1];
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  const body = bytes.subarray(headEnd + 4);
  // A connection that was cut halfway must not pass half a token.
  if (status === undefined || body.length < length) return null;
  const retryAfter = /\r\nretry-after: *(\d+)/i.exec(head)?.[1];
  return {
    status: Number(status),
    retryAfter: retryAfter === undefined ? null : Number(retryAfter),
    body: body.toString('utf8', 0, length),
  };
}

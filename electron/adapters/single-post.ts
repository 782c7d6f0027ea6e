import { request, type IncomingMessage } from 'node:http';
import type { Clock } from '../core/clock.ts';
import { largestBody } from './answer-body.ts';
import { ClosedError, TimeLimitError } from './connection-failure.ts';
import type { Connection } from './open-connection.ts';

export interface PostRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: an empty body. */
  readonly body: string | null;
}

export interface PostAnswer {
  readonly status: number;
  /** Names in small letters, each with its values in turn. */
  readonly headers: IncomingMessage['headersDistinct'];
  /** At most 1 MiB of it. */
  readonly body: Buffer;
}

/**
 * What became of a POST. `unsent`: not one byte of it was given to a connection. `sent`: it may have left;
 * `answer` null where no head of an answer came, `error` null where the answer came whole.
 */
export type PostOutcome =
  | { readonly kind: 'unsent'; readonly error: unknown }
  | { readonly kind: 'sent'; readonly answer: PostAnswer | null; readonly error: unknown };

export interface PostLimits {
  readonly clock: Clock;
  /** For all together: connecting, sending and the whole answer; in milliseconds. */
  readonly limitMs: number;
  /** Ends it at once. */
  readonly signal: AbortSignal;
}

/**
 * Sends one POST, once, on a connection that `open` makes for it alone. Before an outcome without the whole answer is
 * told, the connection is reset, so that the service gets nothing of it later. When it is over, the signal that `open` got aborts.
 * Never rejects.
 */
export async function sendOnce(
  open: (signal: AbortSignal) => Promise<Connection>,
  post: PostRequest,
  { clock, limitMs, signal }: PostLimits,
): Promise<PostOutcome> {
  const sending = new SinglePost();
  const over = new AbortController();
  const cancelLimit = clock.schedule(limitMs, () => sending.end(new TimeLimitError()));
  const stop = () => sending.end(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  open(over.signal).then(
    (connection) => sending.send(connection, post),
    (error: unknown) => sending.end(error),
  );
  const outcome = await sending.outcome;
  cancelLimit();
  signal.removeEventListener('abort', stop);
  over.abort();
  return outcome;
}

/** The course of one POST. */
class SinglePost {
  readonly outcome: Promise<PostOutcome>;
  readonly #resolve: (outcome: PostOutcome) => void;
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #head: Omit<PostAnswer, 'body'> | null = null;
  #connection: Connection | null = null;
  #started = false;
  #whole = false;
  #over = false;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<PostOutcome>();
    this.outcome = promise;
    this.#resolve = resolve;
  }

  send(connection: Connection, { url, headers, body }: PostRequest): void {
    this.#connection = connection;
    const { socket } = connection;
    if (this.#over || !socket.writable) {
      socket.destroy();
      this.end(new ClosedError());
      return;
    }
    const createConnection = () => {
      // Called last before the request is written to the connection: from here on it may have left.
      this.#started = true;
      return socket;
    };
    try {
      request({
        createConnection,
        method: 'POST',
        path: url.pathname + url.search,
        headers: {
          host: url.host,
          connection: 'close',
          ...headers,
          'content-length': Buffer.byteLength(body ?? ''),
        },
      })
        .on('response', (answer) => this.#receive(answer))
        .on('error', (error) => this.end(error))
        // Only this event follows an answer that changes the protocol.
        .on('close', () => this.#head ?? this.end(new ClosedError()))
        .end(body);
    } catch (error) {
      this.end(error);
    }
  }

  /** Says what became of it, as far as it came; the first call counts. */
  end(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    if (this.#whole) this.#connection?.socket.destroy();
    else this.#connection?.reset();
    const answer = this.#head && {
      ...this.#head,
      body: Buffer.concat(this.#chunks).subarray(0, largestBody),
    };
    this.#resolve(this.#started ? { kind: 'sent', answer, error } : { kind: 'unsent', error });
  }

  #receive(answer: IncomingMessage): void {
    this.#head = { status: answer.statusCode ?? 0, headers: answer.headersDistinct };
    answer
      .on('data', (chunk: Buffer) => {
        this.#chunks.push(chunk);
        this.#size += chunk.length;
        // The rest is of no use.
        if (this.#size > largestBody) this.end(null);
      })
      .on('end', () => {
        this.#whole = true;
        this.end(null);
      })
      .on('error', (error) => this.end(error));
  }
}

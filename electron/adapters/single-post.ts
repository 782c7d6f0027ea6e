import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Clock } from '../core/clock.ts';
import { largestBody } from './answer-body.ts';
import { TimeLimitError } from './connection-failure.ts';

export interface PostRequest {
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: an empty body. */
  readonly body: string | null;
}

export interface PostAnswer {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: IncomingHttpHeaders;
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

/**
 * Sends one POST, once, by a dispatcher that `open` makes for it alone and that is destroyed afterwards; its
 * sockets are to obey the signal. All together may take `limitMs` milliseconds. Never rejects.
 */
export async function sendOnce(
  open: (signal: AbortSignal) => Promise<Dispatcher>,
  request: PostRequest,
  clock: Clock,
  limitMs: number,
): Promise<PostOutcome> {
  const post = new SinglePost();
  const over = new AbortController();
  const cancelLimit = clock.schedule(limitMs, () => post.end(new TimeLimitError()));
  const opened = open(over.signal);
  opened
    // Opened too late, nothing is sent any more.
    .then((dispatcher) => post.over || dispatcher.dispatch({ ...request, method: 'POST', reset: true }, post))
    .catch((error: unknown) => post.end(error));
  const outcome = await post.outcome;
  cancelLimit();
  opened.then((dispatcher) => dispatcher.destroy()).catch(() => undefined);
  // A dispatcher forgets the sockets that are still connecting when it is destroyed.
  over.abort();
  return outcome;
}

/** The course of one POST, as undici tells it. */
class SinglePost implements Dispatcher.DispatchHandler {
  readonly outcome: Promise<PostOutcome>;
  readonly #resolve: (outcome: PostOutcome) => void;
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #head: { status: number; headers: IncomingHttpHeaders } | null = null;
  #started = false;
  #over = false;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<PostOutcome>();
    this.outcome = promise;
    this.#resolve = resolve;
  }

  get over(): boolean {
    return this.#over;
  }

  /** Says what became of it, as far as it came; the first call counts. */
  end(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    const answer = this.#head && {
      ...this.#head,
      body: Buffer.concat(this.#chunks).subarray(0, largestBody),
    };
    this.#resolve(this.#started ? { kind: 'sent', answer, error } : { kind: 'unsent', error });
  }

  // undici calls this on a connected (and verified) socket, just before it writes the first byte: from here on
  // the request may have left. To abort here writes nothing, so neither a second sending nor a late one can be.
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#started || this.#over) controller.abort(new Error('A POST is sent once.'));
    else this.#started = true;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    // 1xx answers are interim (RFC 9110 §15.2).
    if (status >= 200) this.#head = { status, headers };
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    // The rest is of no use, and the dispatcher's end cuts it off.
    if (this.#size > largestBody) this.end(null);
  }

  onResponseEnd(): void {
    this.end(null);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.end(error);
  }
}

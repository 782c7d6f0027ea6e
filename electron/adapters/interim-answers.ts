import { subscribe } from 'node:diagnostics_channel';
import { Duplex } from 'node:stream';

/** As long as undici lets a head be, in bytes. */
const longestHead = 16_384;
const headEnd = '\r\n\r\n';
/** Any interim status but 101, which ends the use of HTTP/1.1 (RFC 9110 §15.2). */
const interim = /^HTTP\/1\.[01] 1(?!01)\d\d/;
const statusLength = 'HTTP/1.1 100'.length;

const filters = new WeakMap<Duplex, AnswerFilter>();
let isSubscribed = false;

/**
 * Lets undici's clients of this process skip interim answers, also those that nobody asked for, as RFC 9110 §15.2 says
 * that a client must. By itself undici takes an unexpected 100 Continue for a broken answer, though the server has
 * already done what it was asked. Call it before the first request; further calls change nothing.
 */
export function acceptInterimAnswers(): void {
  if (isSubscribed) return;
  isSubscribed = true;
  // Published before the first byte of each request: only then does an answer's head come next.
  subscribe('undici:client:sendHeaders', (message) => {
    const socket = socketOf(message);
    if (socket === null) return;
    const filter = filters.get(socket) ?? new AnswerFilter(socket);
    filters.set(socket, filter);
    filter.expectAnswer();
  });
}

function socketOf(message: unknown): Duplex | null {
  const isTold = typeof message === 'object' && message !== null && 'socket' in message;
  return isTold && message.socket instanceof Duplex ? message.socket : null;
}

/** Drops interim heads from what a socket reads; looks at nothing but heads, so no body is ever touched. */
class AnswerFilter {
  readonly #push: (bytes: Buffer | null) => boolean;
  #isExpecting = false;
  /** What may be the beginning of an interim head. */
  #held = Buffer.alloc(0);

  constructor(socket: Duplex) {
    this.#push = socket.push.bind(socket);
    // Node gives each piece that arrives to the socket by this method.
    socket.push = (bytes: Buffer | null) => (this.#isExpecting ? this.#take(bytes) : this.#push(bytes));
  }

  expectAnswer(): void {
    this.#isExpecting = true;
  }

  #take(bytes: Buffer | null): boolean {
    if (bytes === null) {
      this.#pass(this.#held);
      return this.#push(null);
    }
    let rest = Buffer.concat([this.#held, bytes]);
    while (rest.length >= statusLength) {
      const isInterim = interim.test(rest.toString('latin1', 0, statusLength));
      const end = rest.indexOf(headEnd);
      if (!isInterim || (end < 0 && rest.length > longestHead)) return this.#pass(rest);
      if (end < 0) break;
      rest = rest.subarray(end + headEnd.length);
    }
    this.#held = rest;
    return true;
  }

  #pass(bytes: Buffer): boolean {
    this.#isExpecting = false;
    this.#held = Buffer.alloc(0);
    return bytes.length === 0 || this.#push(bytes);
  }
}

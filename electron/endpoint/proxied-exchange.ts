import type { ServerResponse } from 'node:http';
import type { AccessRefusal } from './access-watch.ts';

/** What one proxied request may cost, and all of them together. */
export interface ProxyLimits {
  /** How many are under way at once. */
  readonly atOnce: number;
  /** The largest body of a request, in bytes; an answer has no limit. */
  readonly bodyBytes: number;
  /** How long nothing may move in either direction, in milliseconds: an API may think as long. */
  readonly silenceMs: number;
}

export const usualProxyLimits: ProxyLimits = {
  atOnce: 128,
  bodyBytes: 1_073_741_824,
  silenceMs: 300_000,
};

/** Why it ended before its time. */
type EndedBy = 'caller_left' | 'silence' | 'too_large' | AccessRefusal;

/** The time that one proxied request has: it ends when the caller leaves, and when nothing moves any more. */
export class ProxiedExchange {
  readonly #over = new AbortController();
  readonly #silence: NodeJS.Timeout;
  #endedBy: EndedBy | null = null;

  constructor(response: ServerResponse, silenceMs: number) {
    this.#silence = setTimeout(() => this.end('silence'), silenceMs);
    response.once('close', () => {
      clearTimeout(this.#silence);
      // One that was answered is left alone, since an abort is made at some cost.
      if (!response.writableEnded) this.end('caller_left');
    });
  }

  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** Null: it goes on, or was answered. */
  get endedBy(): EndedBy | null {
    return this.#endedBy;
  }

  /** A part of a body has moved on. */
  moved(): void {
    this.#silence.refresh();
  }

  /** Ends the request at the API; the first reason counts. */
  end(reason: EndedBy): void {
    this.#endedBy ??= reason;
    this.#over.abort();
  }
}

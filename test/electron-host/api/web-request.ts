import type {
  CallbackResponse,
  HeadersReceivedResponse,
  OnBeforeRequestListenerDetails,
  OnHeadersReceivedListenerDetails,
  WebRequestFilter,
} from 'electron';

type Listener<Details, Answer> = (details: Details, callback: (answer: Answer) => void) => void;

/** One event of `webRequest`: it has one listener, and a later one replaces it. */
class Hook<Details extends { url: string }, Answer extends object> {
  #patterns: readonly RegExp[] = [];
  #listener: Listener<Details, Answer> | null = null;

  set(
    first: WebRequestFilter | Listener<Details, Answer> | null,
    second?: Listener<Details, Answer> | null,
  ): void {
    const filter = typeof first === 'object' && first !== null ? first : { urls: ['<all_urls>'] };
    this.#patterns = filter.urls.map(matching);
    this.#listener = typeof first === 'function' ? first : (second ?? null);
  }

  /** What the listener says; nothing where it does not listen to this address. */
  ask(details: Details): Promise<Partial<Answer>> {
    const listener = this.#listener;
    if (listener === null || !this.#patterns.some((pattern) => pattern.test(details.url))) {
      return Promise.resolve({});
    }
    return new Promise((resolve) => listener(details, resolve));
  }
}

/** An extension's match pattern. */
function matching(pattern: string): RegExp {
  if (pattern === '<all_urls>') return /^/;
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 'i');
}

type BeforeRequest = Listener<OnBeforeRequestListenerDetails, CallbackResponse>;
type HeadersReceived = Listener<OnHeadersReceivedListenerDetails, HeadersReceivedResponse>;

/** `session.webRequest`, as far as an app may use it to hold its pages to itself. */
export class WebRequest {
  readonly beforeRequest = new Hook<OnBeforeRequestListenerDetails, CallbackResponse>();
  readonly headersReceived = new Hook<OnHeadersReceivedListenerDetails, HeadersReceivedResponse>();

  onBeforeRequest(first: WebRequestFilter | BeforeRequest | null, second?: BeforeRequest | null): void {
    this.beforeRequest.set(first, second);
  }

  onHeadersReceived(first: WebRequestFilter | HeadersReceived | null, second?: HeadersReceived | null): void {
    this.headersReceived.set(first, second);
  }
}

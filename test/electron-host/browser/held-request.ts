import { appUrl, pageUrl } from './app-urls.ts';
import type { CdpSession } from './cdp-connection.ts';

/** A request of a page that waits for an answer (`Fetch.requestPaused`). */
export interface PausedRequest {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly redirectedRequestId?: string;
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly postData?: string;
  };
}

/** One held request: it is answered from here, or fails; nothing goes to a network. */
export class HeldRequest {
  readonly #session: CdpSession;
  readonly #paused: PausedRequest;
  /** As the app knows it. */
  readonly url: string;

  constructor(session: CdpSession, paused: PausedRequest) {
    this.#session = session;
    this.#paused = paused;
    this.url = appUrl(paused.request.url);
  }

  get isDocument(): boolean {
    return this.#paused.resourceType === 'Document';
  }
  get isRedirect(): boolean {
    return this.#paused.redirectedRequestId !== undefined;
  }
  get frameId(): string {
    return this.#paused.frameId;
  }
  get method(): string {
    return this.#paused.request.method;
  }
  get resourceType(): string {
    return this.#paused.resourceType;
  }

  /** The request as `protocol.handle` hands it over. */
  asRequest(): Request {
    const { method, headers, postData } = this.#paused.request;
    const told = Object.entries(headers).map(([name, value]): [string, string] => [name, appUrl(value)]);
    return new Request(this.url, {
      method,
      headers: told,
      ...(postData !== undefined && { body: postData }),
    });
  }

  /** Ends it; a document's navigation then leaves the page where it is. */
  async abort(
    reason: 'Aborted' | 'BlockedByClient' | 'NameNotResolved' | 'Failed' = 'Aborted',
  ): Promise<void> {
    await this.#answer('Fetch.failRequest', { errorReason: reason });
  }

  async fulfil(status: number, headers: readonly (readonly [string, string])[], body: Buffer): Promise<void> {
    const responseHeaders = headers.map(([name, value]) => ({ name, value: this.#forPage(name, value) }));
    await this.#answer('Fetch.fulfillRequest', {
      responseCode: status,
      responseHeaders,
      body: body.toString('base64'),
    });
  }

  /** A page that was closed meanwhile wants no answer. */
  async #answer(method: 'Fetch.failRequest' | 'Fetch.fulfillRequest', answer: object): Promise<void> {
    const command = { requestId: this.#paused.requestId, ...answer };
    await this.#session.send(method, command as never).catch(() => undefined);
  }

  #forPage(name: string, value: string): string {
    if (name.toLowerCase() === 'location') return pageUrl(new URL(value, this.url).href);
    return value.replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/[\w.-]+/g, (origin) => pageUrl(origin));
  }
}

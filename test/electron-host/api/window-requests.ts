import type { EventEmitter } from 'node:events';
import type { HandlerDetails, WindowOpenHandlerResponse } from 'electron';
import { appUrl } from '../browser/app-urls.ts';
import type { PageTarget } from '../browser/page-target.ts';

export type WindowOpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse;

/** The windows that a page asks for, by a script, a link or the middle button. */
export class WindowRequests {
  handler: WindowOpenHandler | null = null;
  /** What the app said, and of which address. */
  readonly answers: string[] = [];
  readonly #contents: EventEmitter & { getURL(): string };

  constructor(contents: EventEmitter & { getURL(): string }) {
    this.#contents = contents;
  }

  listen({ session }: PageTarget): void {
    session.listen('Page.windowOpen', ({ url, windowName, windowFeatures }) =>
      this.ask(url, windowName, windowFeatures.join(',')),
    );
    session.listen('Page.frameRequestedNavigation', ({ url, disposition }) => {
      if (disposition === 'newTab' || disposition === 'newWindow') this.ask(url, '', '');
    });
  }

  /** Asks the app whether there is to be a window for this address. */
  ask(pageUrl: string, frameName: string, features: string): void {
    const url = appUrl(pageUrl);
    const referrer = { url: this.#contents.getURL(), policy: 'strict-origin-when-cross-origin' as const };
    const details = { url, frameName, features, disposition: 'foreground-tab' as const, referrer };
    // Without a handler Electron opens the window.
    const { action } = this.handler?.(details) ?? { action: 'allow' };
    this.answers.push(`${action} ${url}`);
    if (action !== 'deny') this.#contents.emit('-window-allowed', url);
  }
}

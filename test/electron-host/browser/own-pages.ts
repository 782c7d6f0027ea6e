import { browserLink } from './browser-link.ts';
import type { CdpConnection } from './cdp-connection.ts';

/**
 * The pages and browser contexts that the app has asked for. Chromium opens others too, for `window.open` and the
 * middle button; whether there is to be a window is for the app to say, so those are closed before they are anything.
 */
class OwnPages {
  readonly #contexts = new Set<string>();
  readonly #targets = new Set<string>();
  #making: Promise<unknown> = Promise.resolve();
  #watched = false;

  /** A browser context; it goes with the app's connection, even one that was killed. */
  async makeContext(): Promise<string> {
    const connection = await this.#connection();
    const { browserContextId } = await connection.browser.send('Target.createBrowserContext', {
      disposeOnDetach: true,
    });
    this.#contexts.add(browserContextId);
    return browserContextId;
  }

  async makePage(browserContextId: string): Promise<string> {
    const { browser } = await this.#connection();
    const making = browser.send('Target.createTarget', { url: 'about:blank', browserContextId });
    const kept = making.then(({ targetId }) => this.#targets.add(targetId)).catch(() => undefined);
    this.#making = Promise.all([this.#making, kept]);
    const { targetId } = await making;
    return targetId;
  }

  async #connection(): Promise<CdpConnection> {
    const connection = await browserLink();
    if (this.#watched) return connection;
    this.#watched = true;
    connection.browser.listen('Target.targetCreated', ({ targetInfo }) => {
      const { type, targetId, browserContextId = '' } = targetInfo;
      if (type === 'page' && this.#contexts.has(browserContextId)) {
        void this.#closeUnlessOurs(connection, targetId);
      }
    });
    return connection;
  }

  async #closeUnlessOurs(connection: CdpConnection, targetId: string): Promise<void> {
    await this.#making;
    if (this.#targets.has(targetId)) return;
    await connection.browser.send('Target.closeTarget', { targetId }).catch(() => undefined);
  }
}

export const ownPages = new OwnPages();

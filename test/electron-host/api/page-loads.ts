import type { EventEmitter } from 'node:events';
import { appUrl, pageUrl } from '../browser/app-urls.ts';
import type { PageTarget } from '../browser/page-target.ts';

/** The loading of one window's page, and Electron's events of it. */
export class PageLoads {
  readonly #contents: EventEmitter;
  /** What a frame's own scripts, links and forms asked for last, by frame. */
  readonly #wanted = new Map<string, string>();
  readonly #ended = Promise.withResolvers<never>();
  loading = false;

  constructor(contents: EventEmitter) {
    this.#contents = contents;
    this.#ended.promise.catch(() => undefined);
  }

  listen({ session, targetId }: PageTarget): void {
    const contents = this.#contents;
    const ofMainFrame = (frameId: string) => frameId === targetId;
    session.listen('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
      if (disposition === 'currentTab') this.#wanted.set(frameId, withoutHash(url));
    });
    session.listen('Page.frameStartedNavigating', ({ frameId, url }) => {
      const details = { url: appUrl(url), isSameDocument: false, isMainFrame: ofMainFrame(frameId) };
      contents.emit('did-start-navigation', details, details.url, false, details.isMainFrame, 1, 1);
    });
    session.listen('Page.frameStartedLoading', ({ frameId }) => {
      if (!ofMainFrame(frameId)) return;
      this.loading = true;
      contents.emit('did-start-loading');
    });
    session.listen('Page.frameNavigated', ({ frame }) => {
      this.#wanted.delete(frame.id);
      if (ofMainFrame(frame.id)) contents.emit('did-navigate', {}, appUrl(frame.url), 200, 'OK');
    });
    session.listen('Page.navigatedWithinDocument', ({ frameId, url }) => {
      contents.emit('did-navigate-in-page', {}, appUrl(url), ofMainFrame(frameId), 1, 1);
    });
    session.listen('Page.domContentEventFired', () => contents.emit('dom-ready', {}));
    session.listen('Page.loadEventFired', () => contents.emit('did-finish-load'));
    session.listen('Page.frameStoppedLoading', ({ frameId }) => {
      if (!ofMainFrame(frameId)) return;
      this.loading = false;
      contents.emit('did-stop-loading');
    });
  }

  /** Loads an address for the app; rejects in Electron's words (lib/browser/api/web-contents.ts). */
  async load({ session }: PageTarget, url: string): Promise<void> {
    const finished = new Promise<void>((resolve) => this.#contents.once('did-finish-load', resolve));
    this.#wanted.clear();
    const { errorText } = await session.send('Page.navigate', { url: pageUrl(url) });
    if (errorText !== undefined) {
      const description = errorText.replace(/^net::/, '');
      const code = description === 'ERR_ABORTED' ? -3 : -2;
      this.#contents.emit('did-fail-load', {}, code, description, url, true, 1, 1);
      const error = new Error(`${description} (${code}) loading '${url}'`);
      throw Object.assign(error, { errno: code, code: description, url });
    }
    await Promise.race([finished, this.#ended.promise]);
  }

  /** Whether the frame's page itself asked for this address just now; what the app or a test loads it did not. */
  wantedByPage(frameId: string, url: string): boolean {
    const wanted = this.#wanted.get(frameId) === withoutHash(url);
    if (wanted) this.#wanted.delete(frameId);
    return wanted;
  }

  /** The page is gone: what still loads fails. */
  end(): void {
    this.#ended.reject(new Error("ERR_FAILED (-2) loading ''"));
  }
}

function withoutHash(url: string): string {
  return url.split('#', 1)[0] ?? url;
}

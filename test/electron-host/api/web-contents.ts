import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import type { BrowserWindowConstructorOptions } from 'electron';
import { appUrl, pageUrl } from '../browser/app-urls.ts';
import { FrameTree } from '../browser/frame-tree.ts';
import { HeldRequest } from '../browser/held-request.ts';
import { bindingName, PageTarget } from '../browser/page-target.ts';
import { PageLoads } from './page-loads.ts';
import { PageMessages } from './page-messages.ts';
import { answerRequest, navigationCancelled } from './page-requests.ts';
import { emitPreventable } from './preventable.ts';
import type { Session } from './session.ts';
import { effectivePreferences, sessionOf, type EffectivePreferences } from './web-preferences.ts';
import type { WebFrameMain } from './web-frame-main.ts';
import { WindowRequests, type WindowOpenHandler } from './window-requests.ts';

let lastId = 0;
const all = new Set<WebContents>();

/** `webContents` of a window: a page of Chromium's, reached over the DevTools protocol. */
export class WebContents extends EventEmitter {
  readonly id = (lastId += 1);
  readonly session: Session;
  readonly windowRequests = new WindowRequests(this);
  readonly #preferences: EffectivePreferences;
  readonly #opening: Promise<PageTarget>;
  readonly #loads = new PageLoads(this);
  #tree: FrameTree | null = null;
  #messages: PageMessages | null = null;
  #title = '';
  #destroyed = false;
  #crashed = false;

  constructor({ webPreferences, width = 800, height = 600 }: BrowserWindowConstructorOptions) {
    super();
    const preferences = effectivePreferences(webPreferences);
    this.#preferences = preferences;
    this.session = sessionOf(preferences);
    this.#opening = PageTarget.open(
      {
        browserContext: this.session.browserContext(),
        preload: preferences.preload ?? null,
        subframes: preferences.nodeIntegrationInSubFrames,
        width,
        height,
      },
      (page) => this.#listen(page),
    );
    this.#opening.catch((error: unknown) => {
      if (!this.#destroyed) console.error(error);
    });
    all.add(this);
  }

  static getAllWebContents(): WebContents[] {
    return [...all];
  }
  static fromId(id: number): WebContents | undefined {
    return [...all].find((contents) => contents.id === id);
  }

  get mainFrame(): WebFrameMain {
    const document = this.#tree?.main?.document ?? null;
    if (document === null || this.#messages === null) {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    }
    return this.#messages.frame(document);
  }

  /** The page, once there is one. */
  opened(): Promise<PageTarget> {
    return this.#opening;
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#opening;
    this.#crashed = false;
    if (/^https?:|^[a-z][a-z0-9+.-]*:\/\//.test(url)) {
      const [origin, contextId] = [new URL(pageUrl(url)).origin, await this.session.browserContext()];
      await this.session.permissions.apply(page.connection.browser, {
        contents: this as never,
        url,
        origin,
        contextId,
      });
    }
    await this.#loads.load(page, url);
  }

  async loadFile(path: string): Promise<void> {
    await this.loadURL(pathToFileURL(path).href);
  }

  reload(): void {
    void this.#opening.then((page) => page.session.send('Page.reload')).catch(() => undefined);
  }

  /** A message to a document that is not there is lost, as it is in Electron. */
  send(channel: string, ...args: unknown[]): void {
    const document = this.#tree?.main?.document ?? null;
    if (document !== null) this.#messages?.deliver(document, channel, args);
  }

  getURL(): string {
    return this.#tree?.main?.url ?? '';
  }
  getTitle(): string {
    return this.#title;
  }
  getType(): 'window' {
    return 'window';
  }
  getLastWebPreferences(): EffectivePreferences {
    return { ...this.#preferences };
  }
  getOSProcessId(): number {
    return process.pid;
  }
  isLoading(): boolean {
    return this.#loads.loading;
  }
  isLoadingMainFrame(): boolean {
    return this.#loads.loading;
  }
  isCrashed(): boolean {
    return this.#crashed;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  isDevToolsOpened(): boolean {
    return false;
  }
  openDevTools(): void {
    throw new Error('The stand-in for Electron has no developer tools.');
  }
  closeDevTools(): void {
    // None are open.
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowRequests.handler = handler;
  }

  /** Ends the page; its window calls it. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    all.delete(this);
    void this.#opening.then((page) => page.close()).catch(() => undefined);
    this.#loads.end();
    this.emit('destroyed');
  }

  #listen(page: PageTarget): void {
    const { session } = page;
    const tree = new FrameTree(session);
    const messages = new PageMessages(this, tree, page, (url, document) => {
      const frame = messages.frame(document);
      const isMainFrame = document.frameId === page.targetId;
      if (navigationCancelled(this, appUrl(url), { isMainFrame, byPage: true, frame }, false)) return;
      void session.send('Page.navigate', { url: pageUrl(url), frameId: document.frameId });
    });
    this.#tree = tree;
    this.#messages = messages;
    this.#loads.listen(page);
    session.listen('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === bindingName && !this.#destroyed) messages.receive(executionContextId, payload);
    });
    session.listen('Fetch.requestPaused', (paused) => {
      const held = new HeldRequest(session, paused);
      const document = tree.frame(held.frameId)?.document ?? null;
      const isMainFrame = held.frameId === page.targetId;
      const byPage = held.isDocument && this.#loads.wantedByPage(held.frameId, paused.request.url);
      const frame = document === null ? null : messages.frame(document);
      const navigation = { isMainFrame, byPage, frame };
      if (held.isDocument && navigationCancelled(this, held.url, navigation, held.isRedirect)) {
        void held.abort();
      } else void answerRequest(held, this.session, this.id);
    });
    this.windowRequests.listen(page);
    session.listen('Inspector.targetCrashed', () => {
      this.#crashed = true;
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    });
    page.connection.browser.listen('Target.targetInfoChanged', ({ targetInfo: { targetId, title, url } }) => {
      // Without a title of its own a page is given its address.
      const isOwn = title !== '' && !url.endsWith(title);
      if (targetId !== page.targetId || !isOwn || title === this.#title || this.#destroyed) return;
      this.#title = title;
      emitPreventable(this, 'page-title-updated', {}, title, true);
    });
  }
}

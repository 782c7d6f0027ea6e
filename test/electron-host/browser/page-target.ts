import { randomBytes } from 'node:crypto';
import { browserLink } from './browser-link.ts';
import type { CdpConnection, CdpSession } from './cdp-connection.ts';
import { ownPages } from './own-pages.ts';
import { pageScripts, preloadWorldName } from './preload-script.ts';
import { sandboxedProcess } from './sandboxed-process.ts';

export interface PageOptions {
  readonly browserContext: Promise<string>;
  readonly preload: string | null;
  readonly subframes: boolean;
  readonly width: number;
  readonly height: number;
}

/** The binding by which the preload's world writes to the main process. */
export const bindingName = 'electronHostWrite';

/** A page of Chromium's, made ready to be a window: preload in a world of its own, each request held for an answer. */
export class PageTarget {
  readonly targetId: string;
  readonly session: CdpSession;
  readonly connection: CdpConnection;

  private constructor(connection: CdpConnection, targetId: string, session: CdpSession) {
    this.connection = connection;
    this.targetId = targetId;
    this.session = session;
  }

  /** `listen` is called before anything can happen in the page. */
  static async open(options: PageOptions, listen: (page: PageTarget) => void): Promise<PageTarget> {
    const connection = await browserLink();
    const browserContextId = await options.browserContext;
    const targetId = await ownPages.makePage(browserContextId);
    const session = await connection.attach(targetId);
    const page = new PageTarget(connection, targetId, session);
    listen(page);
    await page.#prepare(options);
    return page;
  }

  async #prepare({ preload, subframes, width, height }: PageOptions): Promise<void> {
    const secret = randomBytes(16).toString('hex');
    const [here, there] = [`${secret}:preload`, `${secret}:page`];
    const names = { binding: bindingName, here, there };
    const scripts = pageScripts({ ...names, subframes, process: sandboxedProcess }, preload);
    const { session } = this;
    const worldName = preloadWorldName;
    const runInNewDocuments = async (source: string, world?: string) =>
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        source,
        ...(world !== undefined && { worldName: world }),
      });
    await Promise.all([
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      session.send('Inspector.enable'),
      session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      session.send('Runtime.addBinding', { name: bindingName, executionContextName: worldName }),
      runInNewDocuments(scripts.mainWorld),
      runInNewDocuments(scripts.isolatedWorld, worldName),
      runInNewDocuments(scripts.preload, worldName),
      this.resize(width, height),
    ]);
  }

  async resize(width: number, height: number): Promise<void> {
    await this.session.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: false,
    });
  }

  /** Calls what the preload's world has under `name` with one text; a world that is gone hears nothing. */
  async callPreloadWorld(contextId: number, name: string, text: string): Promise<void> {
    const expression = `${name}(${JSON.stringify(text)})`;
    await this.session.send('Runtime.evaluate', { contextId, expression }).catch(() => undefined);
  }

  async close(): Promise<void> {
    const { targetId } = this;
    await this.connection.browser.send('Target.closeTarget', { targetId }).catch(() => undefined);
  }
}

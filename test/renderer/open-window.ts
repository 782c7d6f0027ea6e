import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import type { AppView } from '../../electron/contract/app-view.ts';
import { seenAt } from '../support/app-views.ts';
import { FakeBridge } from '../support/fake-bridge.ts';

/** Where the build puts the windows' page. */
export const builtPage = fileURLToPath(new URL('../../out/renderer', import.meta.url));

/** The window's size at first, in CSS pixels. */
export const windowSize = { width: 380, height: 600 };

/** A window of the tray app: the built page in a real browser, with a fake main process behind it. */
export interface OpenWindow extends AsyncDisposable {
  readonly page: Page;
  readonly bridge: FakeBridge;
  /** What the browser complained of: errors, and breaches of the page's policy. */
  readonly complaints: readonly string[];
}

export interface OpenWindowOptions {
  readonly url: string;
  readonly view: AppView;
  readonly context?: BrowserContextOptions;
}

/** Opens the page at `seenAt`; its clock stands until a test moves it. */
export async function openWindow(browser: Browser, options: OpenWindowOptions): Promise<OpenWindow> {
  const context = await browser.newContext({ viewport: windowSize, ...options.context });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const bridge = new FakeBridge(options.view);
  await bridge.install(page);
  // It runs until it is told to stand, and stands at no moment that is over.
  await page.clock.install({ time: seenAt - 60_000 });
  await page.clock.pauseAt(seenAt);
  await page.goto(options.url);
  await page.locator('h1').first().waitFor();
  return { page, bridge, complaints, [Symbol.asyncDispose]: () => context.close() };
}

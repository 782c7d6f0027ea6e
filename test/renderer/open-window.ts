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
  /** Opens the page, from nothing, where things stand as in `view`. */
  readonly show: (view: AppView) => Promise<void>;
}

export interface OpenWindowOptions extends BrowserContextOptions {
  /** `standing`: timers wait until a test moves the clock. `dated`: they run, and only the date stands. */
  readonly clock?: 'standing' | 'dated';
}

/** A window at the moment `seenAt`; `url`: where the page is served. */
export async function openWindow(
  browser: Browser,
  url: string,
  { clock = 'standing', ...options }: OpenWindowOptions = {},
): Promise<OpenWindow> {
  const context = await browser.newContext({ viewport: windowSize, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const bridge = new FakeBridge();
  await bridge.install(page);
  if (clock === 'standing') {
    // A clock runs until it is told to stand, and stands at no moment that is over.
    await page.clock.install({ time: seenAt - 60_000 });
    await page.clock.pauseAt(seenAt);
  }
  const setTime = (time: number) =>
    clock === 'standing' ? page.clock.setSystemTime(time) : page.clock.setFixedTime(time);
  return {
    page,
    bridge,
    complaints,
    show: async (view) => {
      bridge.startAgain(view);
      await setTime(seenAt);
      await page.goto(url);
      await page.locator('h1').first().waitFor();
      // One moment later: Vue takes an event of the moment that its listener is from as an older one.
      if (clock === 'standing') await page.clock.runFor(1);
      else await setTime(seenAt + 1);
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}

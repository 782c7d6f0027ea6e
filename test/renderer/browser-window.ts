import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll } from 'vitest';
import { browserExecutable, browserOptions } from '../support/browser.ts';
import { StaticSite } from '../support/static-site.ts';
import { builtPage, openWindow, type OpenWindow, type OpenWindowOptions } from './open-window.ts';

const executable = browserExecutable();

/** Whether there is a browser to look at the windows with. */
export const hasBrowser = executable !== null;

/** The window that a file's tests share; each begins with `show`, which opens the page anew. */
export interface BrowserWindow {
  readonly window: OpenWindow;
  readonly site: StaticSite;
  readonly browser: Browser;
}

/** One browser for all files of a worker; Playwright ends it with the worker. */
let launched: Promise<Browser> | null = null;

/** The worker's browser, and one window in it for all tests of a file. */
export function useBrowserWindow(options: OpenWindowOptions = {}): BrowserWindow {
  const stack = new AsyncDisposableStack();
  const made: Partial<{ -readonly [Part in keyof BrowserWindow]: BrowserWindow[Part] }> = {};
  beforeAll(async () => {
    if (executable === null) return;
    made.site = stack.use(await StaticSite.of(builtPage));
    launched ??= chromium.launch(browserOptions(executable));
    made.browser = await launched;
    made.window = stack.use(await openWindow(made.browser, made.site.url, options));
  });
  afterAll(() => stack.disposeAsync());
  const part = <Part extends keyof BrowserWindow>(name: Part): BrowserWindow[Part] => {
    const found = made[name];
    if (!found) throw new Error('The window is open while tests run, not before.');
    return found;
  };
  return {
    get window() {
      return part('window');
    },
    get site() {
      return part('site');
    },
    get browser() {
      return part('browser');
    },
  };
}

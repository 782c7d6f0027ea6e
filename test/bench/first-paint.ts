import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright';
import { viewOf } from '../support/app-views.ts';
import { browserExecutable, browserOptions } from '../support/browser.ts';
import { StaticSite } from '../support/static-site.ts';
import { ratioText, type Bench } from './bench.ts';
import { inTurn, median, ratioOf } from './rounds.ts';

const rounds = 21;
const builtPage = fileURLToPath(new URL('../../out/renderer', import.meta.url));

/** How soon a window shows something. */
export const firstPaint: Bench = {
  name: 'first-paint',
  title: 'First contentful paint of the window Status',
  async run(note) {
    const executable = browserExecutable();
    const head = ['', 'ms', 'times the empty page'];
    const about = [
      `The built page in a new tab of Chromium, ${rounds} rounds, beside a page of one line from the same server.`,
      'Wanted: at most 3 times the empty page.',
    ];
    if (executable === null) {
      note('there is no Chromium here: npx playwright install chromium');
      return { about, head, rows: [] };
    }
    await using stack = new AsyncDisposableStack();
    const site = stack.use(await StaticSite.of(builtPage));
    site.extra.set('/empty.html', '<!doctype html><title>Token Tray</title><p>Token Tray</p>');
    const browser = await chromium.launch(browserOptions(executable));
    stack.defer(() => browser.close());
    const { empty, status } = await inTurn(rounds, {
      empty: () => paintedAfter(browser, `${site.url}empty.html`),
      status: () => paintedAfter(browser, site.url),
    });
    return {
      about,
      head,
      rows: [
        ['empty page', median(empty).toFixed(0), '1.00'],
        ['Status', median(status).toFixed(0), ratioText(ratioOf(status, empty))],
      ],
    };
  },
};

/** In milliseconds since the navigation began (Paint Timing). The page gets its view at once. */
async function paintedAfter(browser: Browser, url: string): Promise<number> {
  const page = await browser.newPage();
  await page.addInitScript((view) => {
    const answer = (_target: object, name: string) =>
      name === 'getView' ? () => Promise.resolve(view) : () => () => undefined;
    Object.assign(globalThis, { tokenTray: new Proxy({}, { get: answer }) });
  }, viewOf());
  await page.goto(url);
  const painted = await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  );
  const after = await painted.jsonValue();
  await page.close();
  if (after === undefined) throw new Error('Nothing was painted.');
  return after;
}

import axe from 'axe-core';
import type { Page } from 'playwright';

declare global {
  var axe: typeof import('axe-core') | undefined;
}

/** The rules whose outcome depends on the language. The others look at elements, which are the same in each language. */
export const languageRules = [
  'aria-command-name',
  'aria-dialog-name',
  'aria-input-field-name',
  'aria-meter-name',
  'aria-progressbar-name',
  'aria-toggle-field-name',
  'button-name',
  'color-contrast',
  'document-title',
  'empty-heading',
  'html-has-lang',
  'html-lang-valid',
  'label',
  'landmark-unique',
  'link-name',
  'scrollable-region-focusable',
  'select-name',
  'summary-name',
  'valid-lang',
];

/**
 * What axe finds in a page, one line each: the rule and where. `rules`: those alone; left out: all. Its source is put
 * into each document once: Playwright's own builder does so at every look, which takes five times as long.
 */
export async function axeFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (only) => {
    const { axe: inPage } = globalThis;
    if (!inPage) throw new Error('axe is not in the page.');
    const { violations } = await inPage.run({
      resultTypes: ['violations'],
      ...(only && { runOnly: [...only] }),
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  }, rules);
}

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { hasBrowser, useBrowserWindow } from './browser-window.ts';
import { windowSize } from './open-window.ts';
import { scenes, type Scene } from './scenes.ts';

const opened = useBrowserWindow({ clock: 'dated', reducedMotion: 'reduce' });

/** What axe finds, one line each: the rule and where. */
async function findings(page: Page, rules?: string[]): Promise<string[]> {
  // “Legacy”: in this page alone, which has no frames, and not in one more page each time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** What stands out of the window, or out of a box that cuts it off. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    return [...document.querySelectorAll<HTMLElement>('body *')]
      .filter(
        (element) => element.checkVisibility() && !element.closest('.visually-hidden, svg, meter, progress'),
      )
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        const cut = getComputedStyle(element).overflowX !== 'visible' && element.tagName !== 'INPUT';
        return left < -0.5 || right > width + 0.5 || (cut && element.scrollWidth > element.clientWidth);
      })
      .map((element) => `${element.tagName}.${element.className}: ${element.innerText.slice(0, 40)}`);
  });
}

/** Whether the page shows the status, untouched: a view is then told, which is quicker than opening it anew. */
let untouched = false;

async function play({ name, view, act }: Scene): Promise<void> {
  const { show, page, bridge } = opened.window;
  if (untouched) await bridge.tell(page, 'view', view);
  else await show(view);
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  await act?.(page, bridge);
  untouched = act === undefined && !name.startsWith('login');
}

describe.skipIf(!hasBrowser)('every view in every situation', () => {
  afterEach(async () => {
    await opened.window.page.setViewportSize(windowSize);
    await opened.window.page.emulateMedia({ colorScheme: 'light' });
  });

  it.each(scenes)('$name is accessible in light and dark, and fits the window', async (scene) => {
    const { page, complaints } = opened.window;
    await play(scene);
    expect(await findings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await findings(page, ['color-contrast'])).toEqual([]);
    expect(await overflowing(page)).toEqual([]);
    await page.setViewportSize({ ...windowSize, width: 320 });
    expect(await overflowing(page)).toEqual([]);
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    expect(await overflowing(page)).toEqual([]);
    await page.setViewportSize(windowSize);
    expect(await overflowing(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

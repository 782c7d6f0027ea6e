import type { Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { axeFindings, languageRules } from './axe.ts';
import { hasBrowser, useBrowserWindow } from './browser-window.ts';
import { windowSize } from './open-window.ts';
import { allScenes, play, speak } from './scene-play.ts';
import { faintEdges, overflowing, smallTargets } from './window-measures.ts';

const opened = useBrowserWindow({ clock: 'dated', reducedMotion: 'reduce' });

/** What does not fit at the window's width and at 320 px, with text as it is and at 200 %. */
async function misfits(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const size of ['', '200%']) {
    await page.evaluate((fontSize) => (document.documentElement.style.fontSize = fontSize), size);
    for (const width of [windowSize.width, 320]) {
      await page.setViewportSize({ ...windowSize, width });
      found.push(...(await overflowing(page)).map((line) => `${width} px, text ${size || '100%'}: ${line}`));
    }
  }
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  await page.setViewportSize(windowSize);
  return found;
}

describe.skipIf(!hasBrowser)('every view in every situation', () => {
  afterEach(async () => {
    await opened.window.page.setViewportSize(windowSize);
    await opened.window.page.emulateMedia({ colorScheme: 'light' });
  });

  it.each(allScenes)('$name is accessible and fits, in both languages and themes', async (scene) => {
    const { page, complaints } = opened.window;
    await play(opened.window, scene);
    for (const language of ['en', 'ar'] as const) {
      await speak(opened.window, scene, language);
      await page.emulateMedia({ colorScheme: 'light' });
      expect(await axeFindings(page, language === 'en' ? undefined : languageRules)).toEqual([]);
      expect([...(await faintEdges(page)), ...(await smallTargets(page))]).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await axeFindings(page, ['color-contrast'])).toEqual([]);
      expect(await faintEdges(page)).toEqual([]);
      expect(await misfits(page)).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });
});

// Every view in every state as a picture, into out/screenshots, and sheets of ten: `npm run screenshots`.
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright';
import { browserExecutable, browserOptions } from '../support/browser.ts';
import { StaticSite } from '../support/static-site.ts';
import { builtPage, openWindow, windowSize } from './open-window.ts';
import { pageScenes } from './scenes-pages.ts';
import { settingsScenes } from './scenes-settings.ts';
import { scenes } from './scenes.ts';

const folder = fileURLToPath(new URL('../../out/screenshots/', import.meta.url));
const looks = [
  { look: 'light', theme: 'light', rootFont: '100%' },
  { look: 'dark', theme: 'dark', rootFont: '100%' },
  { look: 'large', theme: 'light', rootFont: '200%' },
] as const;
const onSheet = 10;
/** `npm run screenshots -- tools`: those whose names hold this. */
const wanted = process.argv[2] ?? '';

const executable = browserExecutable();
if (executable === null) {
  console.error('There is no Chromium here. Bring one with: npx playwright install chromium');
  process.exit(1);
}
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await using site = await StaticSite.of(builtPage);
const browser = await chromium.launch(browserOptions(executable));
try {
  for (const look of looks) await takePictures(browser, look);
} finally {
  await browser.close();
}

async function takePictures(from: Browser, { look, theme, rootFont }: (typeof looks)[number]): Promise<void> {
  await using window = await openWindow(from, site.url, {
    clock: 'dated',
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  const figures: string[] = [];
  for (const { name, view, act } of [...scenes, ...pageScenes, ...settingsScenes].filter((scene) =>
    scene.name.includes(wanted),
  )) {
    await window.show(view);
    await window.page.evaluate((size) => {
      document.documentElement.style.fontSize = size;
    }, rootFont);
    await act?.(window.page, window.bridge);
    const png = await window.page.screenshot({ path: `${folder}${name}-${look}.png`, fullPage: true });
    const source = `data:image/png;base64,${png.toString('base64')}`;
    figures.push(`<figure><img src="${source}"><figcaption>${name}</figcaption></figure>`);
  }
  await takeSheets(from, look, figures);
}

async function takeSheets(from: Browser, look: string, figures: readonly string[]): Promise<void> {
  const page = await from.newPage({ viewport: { width: 5 * (windowSize.width + 16) + 16, height: 600 } });
  for (let first = 0; first < figures.length; first += onSheet) {
    await page.setContent(`<style>
      body { display: flex; flex-wrap: wrap; gap: 16px; margin: 16px; background: #8b93a5; font: 14px sans-serif }
      figure { margin: 0 } img { display: block }</style>${figures.slice(first, first + onSheet).join('')}`);
    await page.screenshot({ path: `${folder}sheet-${look}-${first / onSheet + 1}.png`, fullPage: true });
  }
  await page.close();
}

// Every view in every state as a picture, into out/screenshots, and sheets of them all: `npm run screenshots`.
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright';
import { browserExecutable, browserOptions } from '../support/browser.ts';
import { StaticSite } from '../support/static-site.ts';
import { builtPage, openWindow, windowSize } from './open-window.ts';
import { scenes, type Scene } from './scenes.ts';

const folder = fileURLToPath(new URL('../../out/screenshots/', import.meta.url));
const themes = ['light', 'dark'] as const;
const sheets = [
  ...themes.map((theme) => ({ name: theme, theme, rootFont: '100%' })),
  { name: 'light-200', theme: 'light' as const, rootFont: '200%' },
];

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
  for (const sheet of sheets) await picture(browser, sheet);
} finally {
  await browser.close();
}

async function picture(from: Browser, { name, theme, rootFont }: (typeof sheets)[number]): Promise<void> {
  const pictures: string[] = [];
  for (const scene of scenes) {
    const png = await pictureOf(from, scene, { theme, rootFont, path: `${folder}${scene.name}-${name}.png` });
    pictures.push(
      `<figure><img src="data:image/png;base64,${png.toString('base64')}"><figcaption>${scene.name}</figcaption></figure>`,
    );
  }
  const page = await from.newPage({ viewport: { width: 8 * (windowSize.width / 2 + 12), height: 400 } });
  await page.setContent(`<style>
    body { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px; background: #8b93a5; font: 11px sans-serif }
    figure { margin: 0 } img { width: ${windowSize.width / 2}px; display: block }</style>${pictures.join('')}`);
  await page.screenshot({ path: `${folder}sheet-${name}.png`, fullPage: true });
  await page.close();
}

interface Look {
  readonly theme: 'light' | 'dark';
  readonly rootFont: string;
  readonly path: string;
}

async function pictureOf(from: Browser, scene: Scene, { theme, rootFont, path }: Look): Promise<Buffer> {
  await using window = await openWindow(from, {
    url: site.url,
    view: scene.view,
    context: { colorScheme: theme, reducedMotion: 'reduce' },
  });
  await window.page.evaluate((size) => {
    document.documentElement.style.fontSize = size;
  }, rootFont);
  await scene.act?.(window.page, window.bridge);
  // Awaited here: the window is closed on the way out.
  return await window.page.screenshot({ path, fullPage: true });
}

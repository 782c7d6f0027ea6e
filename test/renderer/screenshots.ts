// Every view in every state, language and theme, as pictures into out/screenshots and as sheets into docs/screens, and
// the references that the tests compare with: `npm run screenshots`. With a word, those whose names hold it, and no
// sheets: `npm run screenshots -- tools`.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright';
import { browserExecutable, browserOptions } from '../support/browser.ts';
import { StaticSite } from '../support/static-site.ts';
import { takeRow, takeSheets } from './contact-sheets.ts';
import { builtPage, openWindow } from './open-window.ts';
import { compared, comparedLooks, fontsOf, keepReference, referenceFile } from './reference-pictures.ts';
import { allScenes, pictureOf, play, speak } from './scene-play.ts';

const folder = fileURLToPath(new URL('../../out/screenshots/', import.meta.url));
const sheets = fileURLToPath(new URL('../../docs/screens/', import.meta.url));
const languages = ['en', 'ar'] as const;
const looks = [
  { look: 'light', theme: 'light', rootFont: '100%' },
  { look: 'dark', theme: 'dark', rootFont: '100%' },
  { look: 'large', theme: 'light', rootFont: '200%' },
] as const;
/** What the README (`overview`) and the user guide show. */
const rows = {
  overview: [
    ['login', 'en', 'light'],
    ['face-active', 'en', 'light'],
    ['tools', 'en', 'dark'],
    ['activity', 'ar', 'light'],
  ],
  'guide-sign-in': inEnglish('login', 'login-wrong', 'login-managed-help'),
  'guide-status': inEnglish('face-active', 'status-copied', 'face-needs-sign-in'),
  'guide-tools': inEnglish('tools', 'connect-text'),
  'guide-care': inEnglish('activity', 'settings', 'settings-check'),
} as const;
const wanted = process.argv[2] ?? null;
const scenes = allScenes.filter(({ name }) => wanted === null || name.includes(wanted));

const executable = browserExecutable();
if (executable === null) {
  console.error('There is no Chromium here. Bring one with: npx playwright install chromium');
  process.exit(1);
}
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await mkdir(sheets, { recursive: true });
await using site = await StaticSite.of(builtPage);
const browser = await chromium.launch(browserOptions(executable));
try {
  await takePictures(browser);
  for (const language of languages) {
    for (const { look } of looks) {
      const files = scenes.map(({ name }) => ({ name, file: pictureFile(name, language, look) }));
      const kept = wanted === null && look !== 'large';
      await takeSheets(browser, files, `${kept ? sheets : folder}${language}-${look}`);
    }
  }
  if (wanted === null) {
    for (const [row, pictures] of Object.entries(rows)) {
      const shown = pictures.map(([name, language, look]) => pictureFile(name, language, look));
      await takeRow(browser, shown, `${sheets}${row}.png`);
    }
  }
} finally {
  await browser.close();
}

async function takePictures(from: Browser): Promise<void> {
  await using window = await openWindow(from, site.url, { clock: 'dated', reducedMotion: 'reduce' });
  for (const scene of scenes) {
    await play(window, scene);
    for (const language of languages) {
      await speak(window, scene, language);
      for (const { look, theme, rootFont } of looks) {
        const picture = await pictureOf(window, theme, rootFont);
        await writeFile(pictureFile(scene.name, language, look), picture);
        const isReference = compared.includes(scene.name) && rootFont === '100%';
        if (isReference && comparedLooks.some((one) => one.language === language && one.theme === theme)) {
          const file = referenceFile(scene.name, language, theme);
          await keepReference(file, picture, await fontsOf(window.page));
        }
      }
    }
  }
}

function inEnglish(...names: readonly string[]) {
  return names.map((name) => [name, 'en', 'light'] as const);
}

function pictureFile(name: string, language: string, look: string): string {
  return `${folder}${name}-${language}-${look}.png`;
}

// Every view in every state, language and theme, as pictures into out/screenshots and as sheets into docs/screens, and
// the references that the tests compare with: `npm run screenshots`. With a word, those whose names hold it, and no
// sheets: `npm run screenshots -- tools`. The rows of the README and the user guide are `overview` and `guide`.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright';
import { browserExecutable, browserOptions } from '../support/browser.ts';
import { StaticSite } from '../support/static-site.ts';
import { takeRow, takeSheets } from './contact-sheets.ts';
import { builtPage, openWindow } from './open-window.ts';
import { compared, comparedLooks, fontsOf, keepReference, referenceFile } from './reference-pictures.ts';
import { allScenes, pictureOf, play, speak, windowPicture } from './scene-play.ts';

const folder = fileURLToPath(new URL('../../out/screenshots/', import.meta.url));
const sheets = fileURLToPath(new URL('../../docs/screens/', import.meta.url));
const languages = ['en', 'ar'] as const;
const looks = [
  { look: 'light', theme: 'light', rootFont: '100%' },
  { look: 'dark', theme: 'dark', rootFont: '100%' },
  { look: 'large', theme: 'light', rootFont: '200%' },
] as const;
/** What the README (`overview`) and the user guide show: windows as a person sees them. */
const rows: Readonly<Record<string, readonly Shown[]>> = {
  overview: [
    ...inEnglish('login', 'face-active'),
    { name: 'tools', language: 'en', look: 'dark' },
    { name: 'activity', language: 'ar', look: 'light' },
  ],
  'guide-sign-in': inEnglish('login', 'login-wrong', 'login-managed-help'),
  'guide-status': inEnglish('face-active', 'status-copied', 'face-needs-sign-in'),
  'guide-tools': inEnglish('tools', 'connect-text'),
  'guide-care': [
    ...inEnglish('activity', 'settings'),
    { name: 'settings-check', language: 'en', look: 'light', scrolledTo: 'Check once more' },
  ],
};
const wanted = process.argv[2] ?? null;
const isWanted = (name: string) => wanted === null || name.includes(wanted);
const wantedRows = Object.entries(rows).filter(([row]) => isWanted(row));
const shown = wantedRows.flatMap(([, windows]) => windows);
const scenes = allScenes.filter(({ name }) => isWanted(name) || shown.some((window) => window.name === name));

interface Shown {
  readonly name: string;
  readonly language: (typeof languages)[number];
  readonly look: (typeof looks)[number]['look'];
  /** The button at the upper edge; left out: the window's beginning. */
  readonly scrolledTo?: string;
}

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
  for (const [row, windows] of wantedRows) {
    const pictures = windows.map(({ name, language, look }) => ({
      name,
      file: windowFile(name, language, look),
    }));
    await takeRow(browser, pictures, `${sheets}${row}.png`);
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
        const inRow = shown.find(
          (one) => one.name === scene.name && one.language === language && one.look === look,
        );
        if (inRow !== undefined) {
          await writeFile(
            windowFile(scene.name, language, look),
            await windowPicture(window, inRow.scrolledTo),
          );
        }
        const isReference = compared.includes(scene.name) && rootFont === '100%';
        if (isReference && comparedLooks.some((one) => one.language === language && one.theme === theme)) {
          const file = referenceFile(scene.name, language, theme);
          await keepReference(file, picture, await fontsOf(window.page));
        }
      }
    }
  }
}

function inEnglish(...names: readonly string[]): readonly Shown[] {
  return names.map((name) => ({ name, language: 'en', look: 'light' }));
}

function pictureFile(name: string, language: string, look: string): string {
  return `${folder}${name}-${language}-${look}.png`;
}

function windowFile(name: string, language: string, look: string): string {
  return `${folder}window-${name}-${language}-${look}.png`;
}

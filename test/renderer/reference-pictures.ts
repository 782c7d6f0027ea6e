import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright';
import { PNG } from 'pngjs';

const folder = join(import.meta.dirname, 'references');
const fontsFile = join(folder, 'fonts.json');

/** The scenes that are compared, pixel by pixel, each in one look of a language. */
export const compared: readonly string[] = [
  'login',
  'login-wrong',
  'face-active',
  'face-needs-sign-in',
  'tools',
  'connect-text',
  'activity',
  'settings',
];

export const comparedLooks = [
  { language: 'en', theme: 'light' },
  { language: 'ar', theme: 'dark' },
] as const;

/** Of a hundred pixels, how many may differ before a picture counts as another. */
const toleratedPercent = 0.2;

export function referenceFile(name: string, language: string, theme: string): string {
  return join(folder, `${name}-${language}-${theme}.png`);
}

/** How wide this computer's fonts draw what the windows are written in: pictures of other fonts cannot be compared. */
export function fontsOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    if (!context) throw new Error('This browser paints nothing.');
    const samples = ['Renewed when a tool needs it. 0123456789', 'يُجدَّد الرمز عندما تحتاجه إحدى الأدوات'];
    return ['16px system-ui', 'bold 16px system-ui', '13px ui-monospace, monospace']
      .flatMap((font) => {
        context.font = font;
        return samples.map((sample) => context.measureText(sample).width.toFixed(2));
      })
      .join(' ');
  });
}

/** The fonts that the references were taken with; null: there are none. */
export function referenceFonts(): string | null {
  try {
    return (JSON.parse(readFileSync(fontsFile, 'utf8')) as { widths: string }).widths;
  } catch {
    return null;
  }
}

export async function keepReference(file: string, picture: Buffer, fonts: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(file, picture);
  await writeFile(fontsFile, `{ "widths": ${JSON.stringify(fonts)} }\n`);
}

/** How a picture differs from its reference, in words; null: not more than can be seen. */
export function difference(file: string, picture: Buffer): string | null {
  const [before, now] = [PNG.sync.read(readFileSync(file)), PNG.sync.read(picture)];
  const { width, height } = before;
  if (now.width !== width || now.height !== height) {
    return `${now.width} × ${now.height} px instead of ${width} × ${height}`;
  }
  const pixels = pixelmatch(before.data, now.data, undefined, width, height, { threshold: 0.1 });
  const percent = (100 * pixels) / (width * height);
  return percent <= toleratedPercent ? null : `${percent.toFixed(2)} % of the pixels`;
}

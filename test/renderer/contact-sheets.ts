import { readFile } from 'node:fs/promises';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import type { Browser } from 'playwright';

const columns = 10;
const width = 190;
const onSheet = 30;
/** CSS pixels. A window of 380 by 600, smaller. */
const row = { padding: 16, gap: 16, width: 285, height: 450 };
export interface Picture {
  readonly name: string;
  readonly file: string;
}

/**
 * Puts pictures side by side, smaller than they are, into files `PATH-1.jpeg` and so on. Throws if two pictures are
 * the same.
 */
export async function takeSheets(
  browser: Browser,
  pictures: readonly Picture[],
  path: string,
): Promise<void> {
  await refuseEqual(pictures);
  const page = await browser.newPage({ viewport: { width: columns * (width + 12) + 12, height: 600 } });
  for (let first = 0; first < pictures.length; first += onSheet) {
    const figures = await Promise.all(
      pictures
        .slice(first, first + onSheet)
        .map(
          async ({ name, file }) => `<figure>${await image(file)}<figcaption>${name}</figcaption></figure>`,
        ),
    );
    await page.setContent(`<style>
      body { display: flex; flex-wrap: wrap; align-items: start; gap: 12px; margin: 12px; background: #8b93a5; font: 13px sans-serif }
      figure { width: ${width}px; margin: 0 } img { display: block; width: 100% }</style>${figures.join('')}`);
    await page.screenshot({
      path: `${path}-${first / onSheet + 1}.jpeg`,
      type: 'jpeg',
      quality: 55,
      fullPage: true,
    });
  }
  await page.close();
}

/** Puts a few pictures of windows in one row, for the README and the user guide. Throws if two are the same. */
export async function takeRow(browser: Browser, pictures: readonly Picture[], path: string): Promise<void> {
  await refuseEqual(pictures);
  const page = await browser.newPage({ viewport: { width: 1240, height: row.height + 2 * row.padding } });
  const images = await Promise.all(pictures.map(({ file }) => image(file)));
  await page.setContent(`<style>
    body { display: flex; align-items: start; gap: ${row.gap}px; width: max-content; padding: ${row.padding}px; margin: 0; background: #8b93a5 }
    img { width: ${row.width}px; height: ${row.height}px; border-radius: 8px; box-shadow: 0 6px 20px rgb(0 0 0 / 30%) }</style>${images.join('')}`);
  await page.locator('body').screenshot({ path });
  await page.close();
}

async function image(file: string): Promise<string> {
  return `<img src="data:image/png;base64,${(await readFile(file)).toString('base64')}">`;
}

/** The windows in a row that `takeRow` made. */
export function windowsOf(png: Buffer): readonly PNG[] {
  const whole = PNG.sync.read(png);
  const { padding, gap, width, height } = row;
  const count = Math.round((whole.width - 2 * padding + gap) / (width + gap));
  return Array.from({ length: count }, (_, index) => {
    const one = new PNG({ width, height });
    PNG.bitblt(whole, one, padding + index * (width + gap), padding, width, height, 0, 0);
    return one;
  });
}

/**
 * The first two pictures that show the same, by their places; null: all differ. Of a hundred pixels, more than
 * `toleratedPercent` have to differ: a picture that was made smaller is never quite the same again.
 */
export function equalPair(pictures: readonly PNG[], toleratedPercent = 0): readonly [number, number] | null {
  for (const [place, one] of pictures.entries()) {
    const first = pictures.findIndex((other) => showSame(one, other, toleratedPercent));
    if (first < place) return [first, place];
  }
  return null;
}

function showSame(one: PNG, other: PNG, toleratedPercent: number): boolean {
  if (one.width !== other.width || one.height !== other.height) return false;
  if (one.data.equals(other.data)) return true;
  if (toleratedPercent === 0) return false;
  const differing = pixelmatch(one.data, other.data, null, one.width, one.height);
  return (100 * differing) / (one.width * one.height) <= toleratedPercent;
}

async function refuseEqual(pictures: readonly Picture[]): Promise<void> {
  const pair = equalPair(
    await Promise.all(pictures.map(async ({ file }) => PNG.sync.read(await readFile(file)))),
  );
  if (pair === null) return;
  const names = pair.map((place) => pictures[place]?.name);
  throw new Error(`Two pictures show the same: ${names.join(' and ')}.`);
}

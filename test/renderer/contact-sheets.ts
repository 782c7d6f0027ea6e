import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright';

const columns = 10;
const width = 190;
const onSheet = 30;

/** Puts pictures side by side, smaller than they are, into files `PATH-1.jpeg` and so on. */
export async function takeSheets(
  browser: Browser,
  pictures: readonly { readonly name: string; readonly file: string }[],
  path: string,
): Promise<void> {
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
      figure { width: ${width}px; margin: 0 } img { display: block; width: 100%; max-height: 600px; object-fit: cover; object-position: top }</style>${figures.join('')}`);
    await page.screenshot({
      path: `${path}-${first / onSheet + 1}.jpeg`,
      type: 'jpeg',
      quality: 55,
      fullPage: true,
    });
  }
  await page.close();
}

/** Puts a few pictures in one row, for the README and the user guide. */
export async function takeRow(browser: Browser, files: readonly string[], path: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1240, height: 500 } });
  const images = await Promise.all(files.map(image));
  await page.setContent(`<style>
    body { display: flex; align-items: start; gap: 16px; width: max-content; padding: 16px; margin: 0; background: #8b93a5 }
    img { width: 285px; border-radius: 8px; box-shadow: 0 6px 20px rgb(0 0 0 / 30%) }</style>${images.join('')}`);
  await page.locator('body').screenshot({ path });
  await page.close();
}

async function image(file: string): Promise<string> {
  return `<img src="data:image/png;base64,${(await readFile(file)).toString('base64')}">`;
}

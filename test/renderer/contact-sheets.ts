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
      pictures.slice(first, first + onSheet).map(async ({ name, file }) => {
        const source = `data:image/png;base64,${(await readFile(file)).toString('base64')}`;
        return `<figure><img src="${source}"><figcaption>${name}</figcaption></figure>`;
      }),
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

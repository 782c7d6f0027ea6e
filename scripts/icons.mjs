// Renders the tray's icons out of their SVGs, by Chromium: npm run icons. The results are committed, with the hash of
// what they came from, so that nobody needs a browser to build.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import pngToIco from 'png-to-ico';

const sources = new URL('../electron/desktop/icons/', import.meta.url);
const rendered = new URL('rendered/', sources);
const windowsSizes = [16, 20, 24, 32, 40, 48, 64, 256];
const black = '#000';
const white = '#fff';
const accent = '#3b5bdb';

const ofTheSystem = '/usr/bin/chromium';
const browser = await chromium.launch({
  ...(existsSync(ofTheSystem) && { executablePath: ofTheSystem }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage();

await rm(rendered, { recursive: true, force: true });
await mkdir(rendered);
const hashes = {};
for (const file of (await readdir(sources)).filter((name) => name.endsWith('.svg')).sort()) {
  const svg = await readFile(new URL(file, sources), 'utf8');
  const name = file.slice(0, -'.svg'.length);
  hashes[file] = createHash('sha256').update(svg).digest('hex');
  // macOS takes the shape of a template and the colour of its menu bar.
  await save(`${name}Template.png`, await bare(svg, 16, black));
  await save(`${name}Template@2x.png`, await bare(svg, 32, black));
  // Windows says whether its task bar is light or dark.
  await save(`${name}-on-light.ico`, await icons(svg, black));
  await save(`${name}-on-dark.ico`, await icons(svg, white));
  // Nobody knows the colour of a Linux panel: the shape brings its own ground.
  await save(`${name}.png`, await onGround(svg, 24));
  await save(`${name}@2x.png`, await onGround(svg, 48));
}
await save('app.png', await onGround(await readFile(new URL('signed-in.svg', sources), 'utf8'), 512));
await save('manifest.json', `${JSON.stringify(hashes, null, 2)}\n`);
await browser.close();
console.log(`Rendered ${(await readdir(rendered)).length - 1} icons into ${fileURLToPath(rendered)}`);

function save(name, content) {
  return writeFile(new URL(name, rendered), content);
}

async function icons(svg, colour) {
  const images = [];
  for (const size of windowsSizes) images.push(await bare(svg, size, colour));
  return pngToIco(images);
}

function bare(svg, size, colour) {
  return picture(size, `<div style="color:${colour}">${svg}</div>`);
}

function onGround(svg, size) {
  const ground = `background:${accent};border-radius:${size * 0.22}px;padding:${size / 8}px;box-sizing:border-box`;
  return picture(size, `<div style="color:${white};${ground}">${svg}</div>`);
}

async function picture(size, html) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0}div{width:${size}px;height:${size}px}svg{display:block;width:100%;height:100%}</style>${html}`,
  );
  return page.screenshot({ omitBackground: true });
}

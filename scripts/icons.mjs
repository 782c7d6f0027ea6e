// Renders the icons of the tray and of the app out of their SVGs, by Chromium: npm run icons. The results are committed,
// with the hash of what they came from, so that nobody needs a browser to build.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import pngToIco from 'png-to-ico';

const sources = new URL('../electron/desktop/icons/', import.meta.url);
const rendered = new URL('rendered/', sources);
const ofApp = new URL('../packaging/icons/', import.meta.url);
const taskbarSizes = [16, 20, 24, 32, 40, 48, 64];
const desktopSizes = [16, 24, 32, 48, 64, 128, 256, 512];
const black = '#000';
const white = '#fff';
const accent = '#3b5bdb';

const ofTheSystem = '/usr/bin/chromium';
const browser = await chromium.launch({
  ...(existsSync(ofTheSystem) && { executablePath: ofTheSystem }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage();

for (const folder of [rendered, ofApp]) await rm(folder, { recursive: true, force: true });
for (const folder of [rendered, new URL('linux/', ofApp)]) await mkdir(folder, { recursive: true });
const hashes = {};
for (const file of (await readdir(sources)).filter((name) => name.endsWith('.svg')).sort()) {
  const svg = await readFile(new URL(file, sources), 'utf8');
  const name = file.slice(0, -'.svg'.length);
  hashes[file] = createHash('sha256').update(svg).digest('hex');
  // macOS takes the shape of a template and the colour of its menu bar.
  await save(`${name}Template.png`, await bare(svg, 16, black));
  await save(`${name}Template@2x.png`, await bare(svg, 32, black));
  // Windows says whether its task bar is light or dark.
  await save(`${name}-on-light.ico`, await icons(taskbarSizes, (size) => bare(svg, size, black)));
  await save(`${name}-on-dark.ico`, await icons(taskbarSizes, (size) => bare(svg, size, white)));
  // Nobody knows the colour of a Linux panel: the shape brings its own ground.
  await save(`${name}.png`, await onGround(svg, 24));
  await save(`${name}@2x.png`, await onGround(svg, 48));
}
const app = await readFile(new URL('signed-in.svg', sources), 'utf8');
for (const size of desktopSizes) await saveOfApp(`linux/${size}x${size}.png`, await onGround(app, size));
await saveOfApp('windows.ico', await icons([...taskbarSizes, 256], (size) => onGround(app, size)));
// Icons of macOS leave a margin of a tenth around their shape.
await saveOfApp('mac.png', await onGround(app, 1024, 100));
await save('manifest.json', `${JSON.stringify(hashes, null, 2)}\n`);
await browser.close();
for (const folder of [rendered, ofApp]) console.log(`Rendered into ${fileURLToPath(folder)}`);

function save(name, content) {
  return writeFile(new URL(name, rendered), content);
}

function saveOfApp(name, content) {
  return writeFile(new URL(name, ofApp), content);
}

async function icons(sizes, draw) {
  const images = [];
  for (const size of sizes) images.push(await draw(size));
  return pngToIco(images);
}

function bare(svg, size, colour) {
  return picture(size, `<div style="color:${colour}">${svg}</div>`);
}

function onGround(svg, whole, margin = 0) {
  const size = whole - 2 * margin;
  const ground = `background:${accent};border-radius:${size * 0.22}px;padding:${size / 8}px;box-sizing:border-box`;
  return picture(whole, `<div style="color:${white};${ground}">${svg}</div>`, size);
}

async function picture(size, html, inner = size) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:${(size - inner) / 2}px}div{width:${inner}px;height:${inner}px}svg{display:block;width:100%;height:100%}</style>${html}`,
  );
  return page.screenshot({ omitBackground: true });
}

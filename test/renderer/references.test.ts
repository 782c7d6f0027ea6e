import { PNG } from 'pngjs';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { equalPair, windowsOf } from './contact-sheets.ts';
import { hasBrowser, useBrowserWindow } from './browser-window.ts';
import {
  compared,
  comparedLooks,
  difference,
  fontsOf,
  referenceFile,
  referenceFonts,
} from './reference-pictures.ts';
import { allScenes, pictureOf, play, speak } from './scene-play.ts';

const opened = useBrowserWindow({ clock: 'dated', reducedMotion: 'reduce' });

// A wanted change: look at it, take new references with `npm run screenshots`, and commit them.
describe.skipIf(!hasBrowser)('the windows look as they did', () => {
  it.for(allScenes.filter(({ name }) => compared.includes(name)))('$name', async (scene, { skip }) => {
    await play(opened.window, scene);
    const otherFonts = (await fontsOf(opened.window.page)) !== referenceFonts();
    skip(otherFonts, 'the fonts of this computer are not those of the references');
    for (const { language, theme } of comparedLooks) {
      await speak(opened.window, scene, language);
      const picture = await pictureOf(opened.window, theme);
      const file = referenceFile(scene.name, language, theme);
      expect(difference(file, picture), `${language}, ${theme}`).toBeNull();
    }
  });
});

describe('the pictures of the documents', () => {
  const folder = join(import.meta.dirname, '../../docs/screens');
  const windowsIn = (name: string) => windowsOf(readFileSync(join(folder, name)));

  it('U1 show no window twice, and one for each part of their caption', () => {
    const pages = ['../user-guide.md', '../../README.md'].map((page) =>
      readFileSync(join(folder, page), 'utf8'),
    );
    const shown = [...pages.join('\n').matchAll(/!\[([^\]]+)\]\((?:docs\/)?screens\/([\w-]+\.png)\)/g)];
    const names = shown.map(([, , name]) => name);
    expect(names.sort()).toEqual(readdirSync(folder).filter((name) => name.endsWith('.png')));
    for (const [, caption = '', name = ''] of shown) {
      const windows = windowsIn(name);
      expect([name, equalPair(windows, 1)]).toEqual([name, null]);
      expect([name, windows.length]).toEqual([name, caption.split('; ').length]);
    }
  });
});

describe('the comparison', () => {
  it('finds a small change, and one of the size', () => {
    const file = referenceFile('login', 'en', 'light');
    const picture = PNG.sync.read(readFileSync(file));
    expect(difference(file, PNG.sync.write(picture))).toBeNull();
    // A button's worth of another colour.
    for (let y = 300; y < 330; y += 1) {
      for (let x = 100; x < 150; x += 1)
        picture.data.fill(0, (y * picture.width + x) * 4, (y * picture.width + x) * 4 + 3);
    }
    expect(difference(file, PNG.sync.write(picture))).toMatch(/% of the pixels/);
    const cut = new PNG({ width: picture.width, height: picture.height - 1 });
    expect(difference(file, PNG.sync.write(cut))).toMatch(/ px instead of /);
  });
});

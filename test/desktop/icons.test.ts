import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StatusFace } from '../../electron/contract/status-face.ts';
import { trayImageFile, trayImages } from '../../electron/desktop/tray-images.ts';
import { namedImage } from '../support/fake-desktop.ts';

const sources = new URL('../../electron/desktop/icons/', import.meta.url);
const rendered = new URL('rendered/', sources);
const states: readonly StatusFace['icon'][] = ['signed_in', 'renewing', 'needs_you', 'signed_out'];

const bytesOf = (file: string) => readFile(new URL(file, rendered));

/** Width and height of a PNG (its IHDR chunk comes first). */
async function sizeOfPng(file: string): Promise<string> {
  const png = await bytesOf(file);
  return `${png.readUInt32BE(16)}×${png.readUInt32BE(20)}`;
}

/** The widths of an icon's images; 0 stands for 256. */
async function widthsOfIco(file: string): Promise<number[]> {
  const ico = await bytesOf(file);
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => ico.readUInt8(6 + 16 * index) || 256);
}

describe('the rendered icons', () => {
  it('are those of the SVGs as they are now (else: npm run icons)', async () => {
    const manifest = JSON.parse((await bytesOf('manifest.json')).toString()) as Record<string, string>;
    const svgs = (await readdir(sources)).filter((name) => name.endsWith('.svg'));
    expect(Object.keys(manifest).sort()).toEqual(svgs.sort());
    for (const svg of svgs) {
      const content = await readFile(new URL(svg, sources));
      expect(manifest[svg], svg).toBe(createHash('sha256').update(content).digest('hex'));
    }
  });

  it.each(states)('are there for %s in each size that a system asks for', async (state) => {
    const mac = trayImageFile(state, 'darwin', false);
    expect(await sizeOfPng(mac)).toBe('16×16');
    expect(await sizeOfPng(mac.replace('.png', '@2x.png'))).toBe('32×32');
    const linux = trayImageFile(state, 'linux', false);
    expect(await sizeOfPng(linux)).toBe('24×24');
    expect(await sizeOfPng(linux.replace('.png', '@2x.png'))).toBe('48×48');
    for (const dark of [true, false]) {
      expect(await widthsOfIco(trayImageFile(state, 'win32', dark))).toEqual([16, 20, 24, 32, 40, 48, 64]);
    }
  });

  it('differ from state to state', async () => {
    for (const platform of ['darwin', 'win32', 'linux'] as const) {
      const images = await Promise.all(states.map((state) => bytesOf(trayImageFile(state, platform, true))));
      expect(new Set(images.map((image) => image.toString('base64'))).size).toBe(states.length);
    }
  });

  it('follow the task bar’s theme on Windows, and are read once each', () => {
    const read: string[] = [];
    const taskbar = { dark: false };
    const image = trayImages({
      folder: '/app/icons',
      platform: 'win32',
      isTaskbarDark: () => taskbar.dark,
      load: (path) => {
        read.push(path);
        return namedImage(path);
      },
    });
    image('signed_in');
    taskbar.dark = true;
    image('signed_in');
    image('signed_in');
    expect(read).toEqual(
      ['signed-in-on-light.ico', 'signed-in-on-dark.ico'].map((name) => join('/app/icons', name)),
    );
  });
});

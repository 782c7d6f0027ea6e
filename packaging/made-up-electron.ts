import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A program's bytes with the place for fuses in them, all as Electron ships them. */
export function madeUpProgram(wire = '101100111'): Buffer {
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  const place = [Buffer.from(sentinel), Buffer.from([1, wire.length]), Buffer.from(wire)];
  return Buffer.concat([Buffer.from('a made-up program '), ...place, Buffer.from(' and its end')]);
}

/**
 * Stands in for Electron's own files, so that electron-builder can put a package together where they cannot be fetched,
 * and in seconds. Nobody can start it.
 */
export async function makeUpElectron(folder: string): Promise<void> {
  for (const inside of ['resources', 'locales']) await mkdir(join(folder, inside), { recursive: true });
  await writeFile(join(folder, 'electron'), madeUpProgram(), { mode: 0o755 });
  const others = [
    'LICENSE',
    'LICENSES.chromium.html',
    'chrome-sandbox',
    'locales/de.pak',
    'locales/en-US.pak',
  ];
  for (const file of others) await writeFile(join(folder, file), 'made up\n');
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import plist from 'plist';
import * as resedit from 'resedit';
import { z } from 'zod';
import type { System } from './fuses.ts';
import { linuxProgram } from './linux-launcher.ts';

/** A packaged app as it lies in a folder. */
export interface InstalledApp {
  readonly system: System;
  /** What @electron/fuses takes for the program. */
  readonly program: string;
  readonly resources: string;
  /** The SHA-256 of the archive's header, as the program has it; null: it has none. */
  readonly expectedHeader: () => string | null;
}

/** The app in a folder such as `linux-unpacked`, `win-unpacked`, `/opt/Token Tray`; or a macOS app, or a folder with one. */
export function installedApp(path: string): InstalledApp | null {
  const app = path.endsWith('.app') ? path : inside(path, '.app');
  if (app !== null) {
    const contents = join(app, 'Contents');
    const expectedHeader = () => headerOfMac(join(contents, 'Info.plist'));
    return { system: 'darwin', program: app, resources: join(contents, 'Resources'), expectedHeader };
  }
  const resources = join(path, 'resources');
  const windows = inside(path, '.exe');
  if (windows !== null) {
    return { system: 'win32', program: windows, resources, expectedHeader: () => headerOfWindows(windows) };
  }
  const linux = join(path, linuxProgram);
  if (!existsSync(linux)) return null;
  return { system: 'linux', program: linux, resources, expectedHeader: () => null };
}

function inside(folder: string, ending: string): string | null {
  const name = existsSync(folder) ? readdirSync(folder).find((entry) => entry.endsWith(ending)) : undefined;
  return name === undefined ? null : join(folder, name);
}

const ofMac = z.object({
  ElectronAsarIntegrity: z.object({ 'Resources/app.asar': z.object({ hash: z.string() }) }),
});

function headerOfMac(file: string): string | null {
  const read = ofMac.safeParse(plist.parse(readFileSync(file, 'utf8')));
  return read.data?.ElectronAsarIntegrity['Resources/app.asar'].hash ?? null;
}

const ofWindows = z.array(z.object({ file: z.string(), value: z.string() }));

function headerOfWindows(file: string): string | null {
  const program = resedit.NtExecutable.from(readFileSync(file), { ignoreCert: true });
  const { entries } = resedit.NtExecutableResource.from(program);
  const entry = entries.find(({ type, id }) => type === 'INTEGRITY' && id === 'ELECTRONASAR');
  if (entry === undefined) return null;
  const list = ofWindows.parse(JSON.parse(Buffer.from(entry.bin).toString('utf8')));
  return list.find((one) => one.file.toLowerCase() === 'resources\\app.asar')?.value ?? null;
}

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import { extractFile, getRawHeader, listPackage, statFile, uncache } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { fusesOf, type System } from './fuses.ts';
import { installedApp, type InstalledApp } from './installed-app.ts';

/** Something that was looked at, and whether it is as it should be. */
export interface Finding {
  readonly good: boolean;
  readonly text: string;
}

/** Looks at a packaged app without starting it: its fuses, its archive, and whether other code could be loaded. */
export async function checkPackage(path: string): Promise<Finding[]> {
  const app = installedApp(path);
  if (app === null) return [{ good: false, text: `There is no packaged Token Tray in ${path}.` }];
  const archive = join(app.resources, 'app.asar');
  return [
    ...(await fuseFindings(app.program, app.system)),
    ...archiveFindings(archive, app),
    ...['app', 'default_app.asar', 'app.asar.unpacked'].map((other) => ({
      good: !existsSync(join(app.resources, other)),
      text: `nothing called ${other} beside the archive`,
    })),
  ];
}

const fuseNames = Object.keys(FuseV1Options).filter((name) => !/^\d+$/.test(name)) as FuseName[];
type FuseName = keyof typeof FuseV1Options;

async function fuseFindings(program: string, system: System): Promise<Finding[]> {
  const wanted = fusesOf(system);
  const wire = await getCurrentFuseWire(program);
  const unknown = Object.keys(wire).filter((key) => Number(key) >= fuseNames.length);
  return [
    ...fuseNames.map((name) => {
      const on = wanted[FuseV1Options[name]];
      const good = wire[FuseV1Options[name]] === (on ? FuseState.ENABLE : FuseState.DISABLE);
      return { good, text: `fuse ${name} is ${on ? 'on' : 'off'}` };
    }),
    ...unknown.map((key) => ({ good: false, text: `fuse ${key} is known to the table` })),
  ];
}

function archiveFindings(archive: string, app: InstalledApp): Finding[] {
  uncache(archive);
  try {
    return [...fileFindings(archive), headerFinding(archive, app)];
  } catch (error) {
    return [{ good: false, text: `the archive can be read (${String(error)})` }];
  }
}

/** Every file by the hash that the header has for it: a changed byte is seen on every system. */
function fileFindings(archive: string): Finding[] {
  const files = listPackage(archive, { isPack: false }).map((path) => path.replace(/^[\\/]/, ''));
  const changed = files.filter((path) => {
    const entry = statFile(archive, path);
    if (!('size' in entry)) return false;
    return entry.integrity.hash !== sha256(extractFile(archive, path));
  });
  if (changed.length === 0) return [{ good: true, text: 'each file of the archive is as it was packed' }];
  return changed.map((path) => ({
    good: false,
    text: `${path.replaceAll(sep, '/')} in the archive is not as it was packed`,
  }));
}

/** The header by the hash in the program, which the system's signature covers. */
function headerFinding(archive: string, { system, expectedHeader }: InstalledApp): Finding {
  const header = sha256(Buffer.from(getRawHeader(archive).headerString));
  if (system === 'linux') return { good: true, text: `the archive’s header has the SHA-256 ${header}` };
  const good = expectedHeader() === header;
  return { good, text: 'the archive’s header has the hash that the program expects' };
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { getRawHeader } from '@electron/asar';
import { flipFuses, FuseV1Options } from '@electron/fuses';
import plist from 'plist';
import * as resedit from 'resedit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPackage } from '../../packaging/check-package.ts';
import { fusesOf, systems } from '../../packaging/fuses.ts';
import { linuxProgram } from '../../packaging/linux-launcher.ts';
import { madeUpProgram } from '../../packaging/made-up-electron.ts';
import { packForTrial, type Trial } from '../../packaging/trial.ts';
import { temporaryHome } from '../support/temporary-home.ts';

let trial: Trial;
beforeAll(async () => {
  trial = await packForTrial('linux');
});
afterAll(() => trial[Symbol.asyncDispose]());

/** A copy of the packed app, to be done to as a test likes. */
async function copy() {
  const folder = await temporaryHome();
  cpSync(trial.folder, folder, { recursive: true });
  return { folder, archive: join(folder, 'resources/app.asar') };
}

async function wrongIn(path: string): Promise<string[]> {
  return (await checkPackage(path)).filter(({ good }) => !good).map(({ text }) => text);
}

/** Changes one bit of the byte after a text. */
function change(path: string, after: string): void {
  const bytes = readFileSync(path);
  const at = bytes.indexOf(after) + after.length;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(path, bytes);
}

const headerOf = (archive: string) =>
  createHash('sha256').update(getRawHeader(archive).headerString).digest('hex');

/** The archive in an app of macOS's form, whose Info.plist has this hash. */
async function macApp(hash: string) {
  const folder = await temporaryHome();
  const contents = join(folder, 'Token Tray.app/Contents');
  const framework = join(contents, 'Frameworks/Electron Framework.framework');
  for (const path of [framework, join(contents, 'Resources')]) mkdirSync(path, { recursive: true });
  const program = join(framework, 'Electron Framework');
  writeFileSync(program, madeUpProgram());
  await flipFuses(program, fusesOf('darwin'));
  cpSync(trial.archive, join(contents, 'Resources/app.asar'));
  const integrity = { 'Resources/app.asar': { algorithm: 'SHA256', hash } };
  writeFileSync(join(contents, 'Info.plist'), plist.build({ ElectronAsarIntegrity: integrity }));
  return folder;
}

/** The archive in a folder of Windows's form, whose program has this hash as a resource. */
async function windowsApp(hash: string) {
  const folder = await temporaryHome();
  mkdirSync(join(folder, 'resources'));
  cpSync(trial.archive, join(folder, 'resources/app.asar'));
  const program = resedit.NtExecutable.createEmpty(false, false);
  const resource = resedit.NtExecutableResource.from(program);
  const list = JSON.stringify([{ file: 'resources\\app.asar', alg: 'sha256', value: hash }]);
  const bin = new TextEncoder().encode(list).buffer;
  resource.entries.push({ type: 'INTEGRITY', id: 'ELECTRONASAR', bin, lang: 1033, codepage: 1200 });
  resource.outputResource(program);
  const path = join(folder, 'Token Tray.exe');
  writeFileSync(path, Buffer.concat([Buffer.from(program.generate()), madeUpProgram()]));
  await flipFuses(path, fusesOf('win32'));
  return folder;
}

describe('the fuses of a release', () => {
  it.each(systems)('G05 are on %s what docs/packaging.md says', (system) => {
    const table = readFileSync(join(import.meta.dirname, '../../docs/packaging.md'), 'utf8');
    const fuses = fusesOf(system);
    expect(fuses.strictlyRequireAllFuses).toBe(true);
    const numbered = Object.entries(fuses).filter(([key]) => /^\d+$/.test(key));
    const rows = numbered.map(([index, on]) => {
      const name = FuseV1Options[Number(index)];
      const [, state = ''] = new RegExp(`^\\| \`${name}\` \\| ([^|]+) \\|`, 'm').exec(table) ?? [];
      return [name, on, state.startsWith('on') && !(state.includes('macOS') && system === 'linux')];
    });
    expect(rows.filter(([, on, documented]) => on !== documented)).toEqual([]);
    expect(rows).toHaveLength(9);
  });
});

describe('the check of a packaged app', () => {
  it('G05 finds what electron-builder has packed good, fuse by fuse', async () => {
    expect(await wrongIn(trial.folder)).toEqual([]);
    expect((await checkPackage(trial.folder)).filter(({ text }) => text.startsWith('fuse '))).toHaveLength(9);
  });

  it('G05 sees one changed byte of the archive, in a file and in the header', async () => {
    const { folder, archive } = await copy();
    change(archive, 'Token Tray does not start with');
    expect(await wrongIn(folder)).toEqual(['out/main/main.js in the archive is not as it was packed']);

    const app = await macApp(headerOf(trial.archive));
    change(join(app, 'Token Tray.app/Contents/Resources/app.asar'), '"hash":"');
    expect(await wrongIn(app)).toContain('the archive’s header has the hash that the program expects');
  });

  it('G05 sees an archive that cannot be read', async () => {
    const { folder, archive } = await copy();
    writeFileSync(archive, 'no archive');
    expect((await wrongIn(folder)).join()).toMatch(/^the archive can be read \(/);
  });

  it('G05 sees other code beside the archive', async () => {
    const { folder } = await copy();
    mkdirSync(join(folder, 'resources/app'));
    expect(await wrongIn(folder)).toEqual(['nothing called app beside the archive']);
  });

  it.each([
    ['fuses that were set back', '100001000', ['fuse RunAsNode is off', 'fuse WasmTrapHandlers is on']],
    ['a fuse that Electron took away', 'r00001001', ['fuse RunAsNode is off']],
    ['a fuse that is new', '0000010011', ['fuse 9 is known to the table']],
  ])('G05 sees %s', async (_what, wire, wrong) => {
    const { folder } = await copy();
    writeFileSync(join(folder, linuxProgram), madeUpProgram(wire));
    expect(await wrongIn(folder)).toEqual(wrong);
  });

  it.each([
    ['macOS', macApp],
    ['Windows', windowsApp],
  ])('G05 compares the archive with the hash in the program, in the form of %s', async (_system, makeApp) => {
    expect(await wrongIn(await makeApp(headerOf(trial.archive)))).toEqual([]);
    expect(await wrongIn(await makeApp('0'.repeat(64)))).toEqual([
      'the archive’s header has the hash that the program expects',
    ]);
  });

  it('says where there is no such app', async () => {
    const folder = await temporaryHome();
    expect(await wrongIn(folder)).toEqual([`There is no packaged Token Tray in ${folder}.`]);
  });
});

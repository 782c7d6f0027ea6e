import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appUserModelId } from '../../electron/desktop/app-identity.ts';
import { configuration } from '../../packaging/configuration.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const root = join(import.meta.dirname, '../..');
const { appId, nsis, msi, win } = configuration({});
const include = join(root, nsis?.include ?? '');
const hasNsis = spawnSync('makensis', ['-VERSION'], { stdio: 'ignore' }).error === undefined;

describe('the uninstaller for Windows', () => {
  const script = readFileSync(include, 'utf8');

  it('S1 takes the Run entry of the app and the updater’s copy along, and on an update neither', () => {
    const [, guarded = ''] = /\$\{ifNot\} \$\{isUpdated\}\n(.*?)\$\{endIf\}/s.exec(script) ?? [];
    expect(guarded).toContain('CurrentVersion\\Run" "${APP_ID}"');
    expect(guarded).toContain('StartupApproved\\Run" "${APP_ID}"');
    const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name: string };
    expect(guarded).toContain(`RMDir /r "$LOCALAPPDATA\\${name}-updater"`);
    const orders = script.split('\n').filter((line) => /^\s*(Delete|RMDir)/.test(line));
    expect(guarded.split('\n').filter((line) => orders.includes(line))).toEqual(orders);
    // Electron's login item has the AppUserModelID as its name.
    expect(appUserModelId({ isPackaged: true })).toBe(appId);
  });

  it.runIf(hasNsis)('S1 is a script that NSIS takes (apt-get install nsis)', async () => {
    const folder = await temporaryHome();
    const main = [
      '!include LogicLib.nsh',
      '!define APP_ID "io.github.token-tray"',
      '!macro _isUpdated _a _b _t _f\n!insertmacro _== $0 "--updated" "${_t}" "${_f}"\n!macroend',
      '!define isUpdated `"" isUpdated ""`',
      `!include "${include}"`,
      `OutFile "${join(folder, 'installer.exe')}"`,
      `Section\nWriteUninstaller "$TEMP\\u.exe"\nSectionEnd`,
      'Section un.x\n!insertmacro customUnInstall\nSectionEnd',
    ].join('\n');
    writeFileSync(join(folder, 'main.nsi'), `${main}\n`);
    const { status, stdout } = spawnSync('makensis', ['-WX', '-V2', join(folder, 'main.nsi')], {
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, '']);
    expect(existsSync(join(folder, 'installer.exe'))).toBe(true);
  });
});

describe('the installers for Windows', () => {
  it('S2 are one for a person, and one for all users of a computer that starts nothing by itself', () => {
    expect(win?.target).toEqual(['nsis', 'msi']);
    expect(nsis).toMatchObject({ perMachine: false, oneClick: true });
    expect(msi).toMatchObject({ perMachine: true, oneClick: true, runAfterFinish: false });
  });

  it('S2 are made for each kind of processor by itself, and the updater finds its own', () => {
    expect(nsis?.buildUniversalInstaller).toBe(false);
    expect(configuration({}).artifactName).toContain('${arch}');
  });
});

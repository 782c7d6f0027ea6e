import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Arch, build, log, Platform } from 'electron-builder';
import plist from 'plist';
import { expect, it } from 'vitest';
import { checkPackage } from '../../packaging/check-package.ts';
import { configuration } from '../../packaging/configuration.ts';
import { firstMacOs, localNetworkReason } from '../../packaging/mac-system.ts';
import { madeUpProgram } from '../../packaging/made-up-electron.ts';
import { temporaryHome } from '../support/temporary-home.ts';

/** What electron-builder touches of Electron's app for macOS; Info.plist as Electron has it. */
async function madeUpElectronApp(folder: string): Promise<void> {
  const contents = join(folder, 'Electron.app/Contents');
  const framework = join(contents, 'Frameworks/Electron Framework.framework');
  const helper = join(contents, 'Frameworks/Electron Helper.app/Contents');
  for (const inside of [
    join(contents, 'MacOS'),
    join(contents, 'Resources'),
    join(framework, 'Versions/A/Resources/en.lproj'),
    join(framework, 'Versions/A/Resources/de.lproj'),
    join(helper, 'MacOS'),
  ])
    await mkdir(inside, { recursive: true });
  await writeFile(join(contents, 'MacOS/Electron'), 'made up');
  await writeFile(join(helper, 'MacOS/Electron Helper'), 'made up');
  await writeFile(join(framework, 'Electron Framework'), madeUpProgram());
  for (const language of ['en', 'de'])
    await writeFile(join(framework, `Versions/A/Resources/${language}.lproj/locale.pak`), 'made up');
  await writeFile(join(contents, 'Resources/electron.icns'), 'made up');
  await writeFile(join(helper, 'Info.plist'), plist.build({ CFBundleIdentifier: 'electron.helper' }));
  const info = {
    CFBundleIconFile: 'electron.icns',
    LSMinimumSystemVersion: '10.15',
    NSAppTransportSecurity: { NSAllowsArbitraryLoads: true },
  };
  await writeFile(join(contents, 'Info.plist'), plist.build(info));
}

// On Windows electron-builder puts no app for macOS together.
it.skipIf(process.platform === 'win32')(
  'M4 M9 the app that electron-builder puts together for macOS has it all',
  { timeout: 60_000 },
  async () => {
    const folder = await temporaryHome();
    const [electron, output] = [join(folder, 'electron'), join(folder, 'out')];
    await madeUpElectronApp(electron);
    // In place of the icon that a tool of electron-builder's would make.
    const icon = join(folder, 'icon.icns');
    await writeFile(icon, 'made up');
    Reflect.set(log, 'stream', process.stderr);
    const config = configuration({ CSC_IDENTITY_AUTO_DISCOVERY: 'false' });
    await build({
      targets: Platform.MAC.createTarget(['dir'], Arch.x64),
      publish: 'never',
      config: {
        ...config,
        electronDist: electron,
        directories: { ...config.directories, output },
        mac: { ...config.mac, icon, identity: null },
      },
    });
    const app = join(output, 'mac/Token Tray.app');
    const info = plist.parse(await readFile(join(app, 'Contents/Info.plist'), 'utf8'));
    expect(info).toMatchObject({
      CFBundleIdentifier: 'io.github.token-tray',
      LSUIElement: true,
      LSMinimumSystemVersion: firstMacOs,
      NSLocalNetworkUsageDescription: localNetworkReason,
      NSAppTransportSecurity: { NSAllowsArbitraryLoads: false, NSAllowsLocalNetworking: true },
    });
    const findings = await checkPackage(app);
    expect(findings.filter(({ good }) => !good)).toEqual([]);
    expect(findings.length).toBeGreaterThan(9);
  },
);

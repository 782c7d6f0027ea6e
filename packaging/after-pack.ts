import { join } from 'node:path';
import { flipFuses } from '@electron/fuses';
import { Arch, type AfterPackContext } from 'electron-builder';
import { fusesOf, systems } from './fuses.ts';
import { linuxLauncher, placeLauncher } from './linux-launcher.ts';
import { limitTransport } from './mac-system.ts';

/** After the files are in their places, and before anything is signed. */
export async function afterPack(context: AfterPackContext): Promise<void> {
  const { appOutDir, arch, electronPlatformName, packager } = context;
  const system = systems.find((name) => name === electronPlatformName);
  if (system === undefined) throw new Error(`There are no fuses for ${electronPlatformName}.`);
  const { productFilename } = packager.appInfo;
  const program = {
    darwin: `${productFilename}.app`,
    win32: `${productFilename}.exe`,
    linux: linuxLauncher,
  }[system];
  if (system === 'darwin') await limitTransport(join(appOutDir, program));
  await flipFuses(join(appOutDir, program), {
    ...fusesOf(system),
    // Writing into the program breaks the signature it comes with, without which Apple silicon starts nothing.
    resetAdHocDarwinSignature: system === 'darwin' && arch === Arch.arm64,
  });
  if (system === 'linux') await placeLauncher(appOutDir);
}

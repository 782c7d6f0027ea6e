import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Arch, build, log, Platform } from 'electron-builder';
import { z } from 'zod';
import { configuration, filesFor } from './configuration.ts';
import type { System } from './fuses.ts';
import { makeUpElectron } from './made-up-electron.ts';

/** A package that was put together for a look, around a made-up Electron. */
export interface Trial extends AsyncDisposable {
  /** The app as it would be installed on Linux. */
  readonly folder: string;
  /** The archive of the app's own files. */
  readonly archive: string;
  /** What fpm, which makes the Debian package, would be told. */
  readonly debArguments: readonly string[];
  /** Entries for the desktop's menus, by the package that they are in. */
  readonly desktopEntries: { readonly deb: string; readonly appImage: string };
  /** Text of the scripts that run when the Debian package is installed and removed. */
  readonly scripts: { readonly afterInstall: string; readonly afterRemove: string };
}

const ofDeb = z.tuple([z.array(z.string()), z.string()]);
const ofAppImage = z.object({ desktop: z.string() });

/**
 * Lets electron-builder select and pack the files of a system by the real configuration. The form is always Linux's,
 * which can be made everywhere; and it stops where fpm and the tools for an AppImage would be fetched.
 */
export async function packForTrial(system: System, env: NodeJS.ProcessEnv = process.env): Promise<Trial> {
  const temporary = await mkdtemp(join(tmpdir(), 'token-tray-package-'));
  const [electron, output] = [join(temporary, 'electron'), join(temporary, 'output')];
  await mkdir(electron);
  await makeUpElectron(electron);
  // Standard output is for the list.
  Reflect.set(log, 'stream', process.stderr);
  const debArguments: string[] = [];
  const desktopEntries = { deb: '', appImage: '' };
  const scripts = { afterInstall: '', afterRemove: '' };
  const config = configuration(env);
  await build({
    targets: Platform.LINUX.createTarget(['deb', 'AppImage'], Arch.x64),
    publish: 'never',
    config: {
      ...config,
      electronDist: electron,
      directories: { ...config.directories, output },
      linux: { ...config.linux, files: filesFor(system) },
    },
    effectiveOptionComputed: async (options: unknown) => {
      const told = ofDeb.safeParse(options);
      if (!told.success) desktopEntries.appImage = ofAppImage.parse(options).desktop;
      else {
        const [args, entry] = told.data;
        debArguments.push(...args);
        // They are temporary files, and gone when the build is over.
        desktopEntries.deb = await readFile(entry, 'utf8');
        scripts.afterInstall = await readFile(valueOf(args, '--after-install'), 'utf8');
        scripts.afterRemove = await readFile(valueOf(args, '--after-remove'), 'utf8');
      }
      return true;
    },
  });
  return {
    folder: join(output, 'linux-unpacked'),
    archive: join(output, 'linux-unpacked', 'resources', 'app.asar'),
    debArguments,
    desktopEntries,
    scripts,
    [Symbol.asyncDispose]: () => rm(temporary, { recursive: true, force: true }),
  };
}

function valueOf(args: readonly string[], name: string): string {
  return args[args.indexOf(name) + 1] ?? '';
}

import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** The package for npm, made as for publishing and installed in an empty folder, until it is disposed of. */
export class InstalledPackage implements AsyncDisposable {
  readonly #parent: string;
  readonly tarball: string;
  /** The folder with the package's own files. */
  readonly folder: string;
  /** The command as npm lays it. */
  readonly program: string;

  private constructor(parent: string, tarball: string) {
    this.#parent = parent;
    this.tarball = tarball;
    this.folder = join(parent, 'installed/node_modules/token-tray');
    this.program = join(parent, 'installed/node_modules/.bin/token-tray');
  }

  static async make(): Promise<InstalledPackage> {
    const parent = await mkdtemp(join(tmpdir(), 'token-tray-npm-'));
    // Other users may run what is installed.
    await chmod(parent, 0o755);
    await run(process.execPath, [join(root, 'scripts/npm-package.mjs'), join(parent, 'packed')]);
    const [tarball = ''] = globSync(join(parent, 'packed/*.tgz'));
    const installed = join(parent, 'installed');
    await mkdir(installed);
    // No test speaks to a registry: the one library that it depends on comes from this project's own installation, with
    // its part for this system, as copies. As packages of the folder's own they satisfy what token-tray asks for.
    const library = globSync('node_modules/@napi-rs/keyring*', { cwd: root }).map((path) => join(root, path));
    const alone = ['--offline', '--ignore-scripts', '--install-links'];
    // The folder is named, as npm else takes the next one above that has packages in it.
    await npmIn(parent)('install', '--prefix', installed, ...alone, tarball, ...library);
    return new InstalledPackage(parent, tarball);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#parent, { recursive: true, force: true });
  }
}

/** npm with nothing of this person's: no settings, no cache. */
function npmIn(folder: string) {
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);
  const env = { PATH: path, HOME: folder, npm_config_audit: 'false', npm_config_fund: 'false' };
  const script = process.env['npm_execpath'];
  const [file, first] = script === undefined ? ['npm', []] : [process.execPath, [script]];
  return (...args: string[]) => run(file, [...first, ...args], { cwd: folder, env });
}

import { manifestTroubles, scriptLimit, sizeOfScripts, troublesIn, type PackedFile } from './contents.ts';

/** What `npm run package -- --dry` says of an archive. */
export interface Listing {
  /** The files with their sizes in bytes, and the sums. */
  readonly lines: readonly string[];
  /** A sentence for each thing that must not be shipped. */
  readonly troubles: readonly string[];
}

/** `system`: that the files are for. `env`: whose secrets must not be in them. */
export function listingOf(
  files: readonly PackedFile[],
  system: string,
  env: NodeJS.ProcessEnv = process.env,
): Listing {
  const whole = files.reduce((sum, { content }) => sum + content.length, 0);
  return {
    lines: [
      ...files.map(({ path, content }) => line(content.length, path)),
      line(whole, `in ${files.length} files of app.asar, for ${system}`),
      line(
        sizeOfScripts(files),
        `of them the app’s own JavaScript; the limit is ${scriptLimit.toLocaleString('en')}`,
      ),
    ],
    troubles: [...troublesIn(files, env), ...manifestTroubles(files)],
  };
}

function line(bytes: number, what: string): string {
  return `${bytes.toLocaleString('en').padStart(10)}  ${what}`;
}

import { homedir } from 'node:os';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extractFile, listPackage, statFile } from '@electron/asar';

/** A file of the app's archive. */
export interface PackedFile {
  readonly path: string;
  readonly content: Buffer;
}

/** 1.5 MB for the app's own JavaScript: main, preload and renderer. */
export const scriptLimit = 1_500_000;

/** All that may be in there. A file that none of them names is there by mistake. */
const wanted = [
  /^package\.json$/,
  /^out\/licences\.txt$/,
  /^out\/main\/(chunks\/)?[\w-]+\.js$/,
  /^out\/main\/icons\/[\w@-]+\.(png|ico)$/,
  /^out\/main\/certificates\.cjs$/,
  /^out\/preload\/preload\.cjs$/,
  /^out\/renderer\/index\.html$/,
  /^out\/renderer\/assets\/[\w-]+\.(js|css|svg|woff2)$/,
];

const secrets: readonly (readonly [string, RegExp])[] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY/],
  ['a signed token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/],
  ['a key of a code host, registry or cloud', /\b(gh[pousr]_|github_pat_|glpat-|npm_|AKIA)\w{16,}/],
];

/** The variables of a release that a build could write down by mistake. */
const secretVariables = /PASSWORD|SECRET|TOKEN$|API_KEY|CSC_LINK/;

export function filesIn(archive: string): PackedFile[] {
  return (
    listPackage(archive, { isPack: false })
      .map((path) => path.replace(/^[\\/]/, ''))
      // The library looks for a path as this system writes it.
      .filter((path) => 'size' in statFile(archive, path))
      .map((path) => ({ path: path.replaceAll(sep, '/'), content: extractFile(archive, path) }))
  );
}

export function sizeOfScripts(files: readonly PackedFile[]): number {
  const scripts = files.filter(({ path }) => /\.c?js$/.test(path));
  return scripts.reduce((sum, { content }) => sum + content.length, 0);
}

/** What must not be shipped, each with its file: what nobody asked for, secrets, this computer's paths, too much. */
export function troublesIn(files: readonly PackedFile[], env: NodeJS.ProcessEnv = process.env): string[] {
  const kept = Object.entries(env).flatMap(([name, value = '']) =>
    secretVariables.test(name) && value.length >= 8 ? [[`what ${name} holds`, value] as const] : [],
  );
  const here = [`${homedir()}/`, projectFolder()].map((path) => ['a path of this computer', path] as const);
  const troubles = files.flatMap(({ path, content }) => {
    const text = content.toString('latin1');
    return [
      ...(wanted.some((form) => form.test(path)) ? [] : [`${path} is not among what belongs there.`]),
      ...secrets.filter(([, form]) => form.test(text)).map(([what]) => `${path} holds ${what}.`),
      ...[...kept, ...here]
        .filter(([, word]) => text.includes(word))
        .map(([what]) => `${path} holds ${what}.`),
    ];
  });
  const size = sizeOfScripts(files);
  if (size < scriptLimit) return troubles;
  return [...troubles, `The app’s own JavaScript has ${size} bytes, and ${scriptLimit} are the limit.`];
}

/** The manifest that goes in names no development package, and no script. */
export function manifestTroubles(files: readonly PackedFile[]): string[] {
  const packed = files.find(({ path }) => path === 'package.json');
  const members = Object.keys(JSON.parse(packed?.content.toString() ?? '{}') as object);
  const needed = ['name', 'version', 'main', 'type'].filter((name) => !members.includes(name));
  const foreign = ['scripts', 'devDependencies'].filter((name) => members.includes(name));
  return [
    ...needed.map((name) => `package.json lacks “${name}”.`),
    ...foreign.map((name) => `package.json holds “${name}”, which is development’s.`),
  ];
}

function projectFolder(): string {
  return fileURLToPath(new URL('..', import.meta.url));
}

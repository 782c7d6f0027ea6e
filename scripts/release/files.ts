import { load } from 'js-yaml';
import { z } from 'zod';

/** A file of a release: its name, and for the update feeds (`*.yml`) their text. */
export interface ReleaseFile {
  readonly name: string;
  readonly sha512: string;
  readonly text?: string;
}

const architectures = ['x64', 'arm64'];

/** What each release must have. */
export function requiredFiles(version: string): string[] {
  const channel = channelOf(version);
  return [
    ...architectures.flatMap((arch) => [
      `token-tray-${version}-mac-${arch}.dmg`,
      `token-tray-${version}-mac-${arch}.zip`,
      `token-tray-${version}-win-${arch}.exe`,
    ]),
    `token-tray-${version}-win-x64.msi`,
    `token-tray-${version}-linux-amd64.deb`,
    `token-tray-${version}-linux-arm64.deb`,
    `token-tray-${version}-linux-x86_64.AppImage`,
    `token-tray-${version}-linux-arm64.AppImage`,
    `token-tray-${version}.tgz`,
    ...['', '-mac', '-linux'].map((system) => `${channel}${system}.yml`),
    'token-tray-app.cdx.json',
    'token-tray-cli.cdx.json',
  ];
}

/** The name of the update feed: electron-builder takes the first part of a prerelease. */
export function channelOf(version: string): string {
  return /-([a-z]+)/.exec(version)?.[1] ?? 'latest';
}

/** What is wrong with the files of a release, one sentence each. */
export function fileProblems(files: readonly ReleaseFile[], version: string): string[] {
  const names = new Set(files.map(({ name }) => name));
  const required = requiredFiles(version);
  return [
    ...required.filter((name) => !names.has(name)).map((name) => `${name} is missing.`),
    ...[...names]
      .filter((name) => !required.includes(name) && !isAllowed(name, version))
      .map((name) => `${name} is not a file of this release.`),
    ...files.flatMap((file) =>
      file.text === undefined ? [] : feedProblems(file.name, file.text, files, version),
    ),
  ];
}

/** Further installers, what electron-updater reads beside an installer, and feeds for further processors. */
function isAllowed(name: string, version: string): boolean {
  const rest = name.startsWith(`token-tray-${version}-`) ? name.slice(`token-tray-${version}-`.length) : null;
  if (rest !== null)
    return /^(?:mac|win|linux)-[\w]+\.(?:dmg|zip|exe|msi|pkg|deb|rpm|AppImage)(?:\.blockmap)?$/.test(rest);
  return new RegExp(`^${channelOf(version)}(?:-linux)?-[a-z0-9]+\\.yml$`).test(name);
}

const updateFeed = z.object({
  version: z.string(),
  files: z.array(z.object({ url: z.string(), sha512: z.string() })).min(1),
});

/** An update feed must name this version, and files that are there and are the same. */
function feedProblems(name: string, text: string, files: readonly ReleaseFile[], version: string): string[] {
  const { data: feed } = updateFeed.safeParse(load(text));
  if (feed === undefined) return [`${name} is not an update feed.`];
  return [
    ...(feed.version === version ? [] : [`${name} names version ${feed.version}.`]),
    ...feed.files
      .filter(({ url, sha512 }) => !files.some((file) => file.name === url && file.sha512 === sha512))
      .map(({ url }) => `${name} offers ${url}, which is missing or differs.`),
  ];
}

import { readFile } from 'node:fs/promises';
import { release as osRelease } from 'node:os';
import { load } from 'js-yaml';
import gt from 'semver/functions/gt.js';
import prerelease from 'semver/functions/prerelease.js';
import valid from 'semver/functions/valid.js';
import { z } from 'zod';
import { parseServiceAddress } from './service-address.ts';

/** Where this build's releases are: what electron-builder wrote into `app-update.yml` beside the program. */
export interface ReleaseFeed {
  /** What is looked at: the newest release of this system. */
  readonly url: string;
  /** What a person opens to get it. */
  readonly page: string;
  /** Whether the build names who signs it, so that an installer on Windows can be checked. */
  readonly namesPublisher: boolean;
}

const publisherName = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional();
const slug = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
const updateFile = z.discriminatedUnion('provider', [
  z.object({ provider: z.literal('generic'), url: z.string(), publisherName }),
  z.object({ provider: z.literal('github'), owner: slug, repo: slug, publisherName }),
]);
const release = z.object({
  version: z.string().max(64),
  minimumSystemVersion: z.string().max(64).optional(),
});

const limitMs = 15_000;
const mostBytes = 64 * 1024;

/** Null: this build has no releases, or none that can be looked at. */
export async function readReleaseFeed(
  path: string,
  { platform, arch }: { readonly platform: string; readonly arch: string },
): Promise<ReleaseFeed | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  const read = text === null ? null : updateFile.safeParse(yamlOf(text));
  if (!read?.success) return null;
  const { data } = read;
  const namesPublisher = data.publisherName !== undefined;
  const file = channelFile(platform, arch);
  if (data.provider === 'github') {
    const page = `https://github.com/${data.owner}/${data.repo}/releases/latest`;
    return { url: `${page}/download/${file}`, page, namesPublisher };
  }
  const base = parseServiceAddress(data.url);
  return base.ok ? { url: `${base.value}/${file}`, page: base.value, namesPublisher } : null;
}

/** The names that electron-builder gives them (electron-builder, "Auto Update"). */
function channelFile(platform: string, arch: string): string {
  if (platform === 'win32') return 'latest.yml';
  if (platform === 'darwin') return 'latest-mac.yml';
  return arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${arch}.yml`;
}

/**
 * The newest release's number, by one request that carries nothing of the person. Null: no answer that can be used, or a
 * release that needs a newer system. `system`: the kernel's version, as electron-updater compares it.
 */
export async function newestRelease(
  url: string,
  fetch: (url: string, init: RequestInit) => Promise<Response>,
  system = osRelease(),
): Promise<string | null> {
  try {
    const signal = AbortSignal.timeout(limitMs);
    const response = await fetch(url, { credentials: 'omit', cache: 'no-store', signal });
    const text = response.ok ? await atMost(response, mostBytes) : null;
    const read = text === null ? null : release.safeParse(yamlOf(text));
    if (!read?.success || !runsOn(system, read.data.minimumSystemVersion)) return null;
    return valid(read.data.version);
  } catch {
    return null;
  }
}

function runsOn(system: string, minimum: string | undefined): boolean {
  if (minimum === undefined || valid(minimum) === null || valid(system) === null) return true;
  return !gt(minimum, system);
}

/** Whether one release comes after another; one that is only tried out comes after its like alone. */
export function isNewerRelease(version: string, than: string): boolean {
  if (valid(version) === null || valid(than) === null) return false;
  return gt(version, than) && (prerelease(version) === null || prerelease(than) !== null);
}

/** Null: it is longer. */
async function atMost(response: Response, most: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function yamlOf(text: string): unknown {
  try {
    return load(text);
  } catch {
    return null;
  }
}

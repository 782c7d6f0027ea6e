import { join } from 'node:path';
import type { UnwritableReason } from '../contract/failures.ts';
import { homeFiles } from '../contract/home.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import type { EndpointFile } from '../contract/wire.ts';
import type { Secret } from '../core/secret.ts';
import { replaceFile } from './atomic-file.ts';
import { nodeFileSystem, type FileSystem } from './file-system.ts';
import { readPrivateFile } from './private-file.ts';

/** What local tools are told. `startedAt` in epoch milliseconds. */
export interface Discovery {
  readonly url: string;
  readonly socket: string | null;
  readonly key: Secret<'endpoint key'>;
  readonly pid: number;
  readonly startedAt: number;
}

export interface PublishedDiscovery {
  /** Whether both files are there with what was published. */
  isInPlace(): Promise<boolean>;
  /** Takes both files away, each only if it is still the one that was published. */
  withdraw(): Promise<void>;
}

/**
 * Writes `endpoint.json` and `curlrc` (0600, whole or not at all), over whatever a killed program, or somebody
 * else, left in their place; a link there is put away, not followed. Fails with neither of the new ones in place.
 */
export async function publishDiscovery(
  home: string,
  discovery: Discovery,
  files: FileSystem = nodeFileSystem,
): Promise<Result<PublishedDiscovery, UnwritableReason>> {
  const published: PublishedFile[] = [];
  const withdraw = async () => {
    for (const file of published.splice(0)) {
      if (await isStill(file, files)) await files.unlink(file.path).catch(() => undefined);
    }
  };
  // endpoint.json last: tools look for it, and it says that all is ready.
  for (const [name, text] of [
    [homeFiles.curlConfig, curlConfig(discovery)],
    [homeFiles.endpoint, endpointFile(discovery)],
  ] as const) {
    const file = { path: join(home, name), content: Buffer.from(text) };
    const written = await replaceFile(file.path, file.content, { files, overLinks: true });
    if (!written.ok) {
      await withdraw();
      return failed(written.failure);
    }
    published.push(file);
  }
  return succeeded({
    withdraw,
    async isInPlace() {
      const still = await Promise.all(published.map((file) => isStill(file, files)));
      return still.every(Boolean);
    },
  });
}

/** Takes away what a killed owner left, so that tools learn at once that nobody runs. For the home's new owner. */
export async function withdrawStaleDiscovery(
  home: string,
  files: FileSystem = nodeFileSystem,
): Promise<void> {
  for (const name of [homeFiles.endpoint, homeFiles.curlConfig]) {
    await files.unlink(join(home, name)).catch(() => undefined);
  }
}

function endpointFile({ url, socket, key, pid, startedAt }: Discovery): string {
  const content: EndpointFile = {
    version: 1,
    url,
    socket,
    key: key.reveal(),
    pid,
    startedAt: new Date(startedAt).toISOString(),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** The address is a comment: curl would fetch an `url` line as well as the address it is called with. */
function curlConfig({ url, key }: Discovery): string {
  return `# ${url}\nheader = "Authorization: Bearer ${key.reveal()}"\n`;
}

interface PublishedFile {
  readonly path: string;
  readonly content: Buffer;
}

async function isStill({ path, content }: PublishedFile, files: FileSystem): Promise<boolean> {
  const read = await readPrivateFile(path, { files });
  return read.kind === 'content' && read.bytes.equals(content);
}

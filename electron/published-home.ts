import { publishDiscovery, type Discovery, type PublishedDiscovery } from './adapters/discovery-file.ts';
import { watchFolder } from './adapters/folder-watch.ts';
import { homeIdentity } from './adapters/owner-lock.ts';
import type { UnwritableReason } from './contract/failures.ts';
import { homeFiles } from './contract/home.ts';
import { failed, succeeded, type Result } from './contract/result.ts';
import type { Log } from './core/ports.ts';
import type { Endpoint } from './endpoint/endpoint.ts';

export interface PublishedHomeParts {
  readonly home: string;
  readonly discovery: Discovery;
  readonly endpoint: Pick<Endpoint, 'reopenSocket'>;
  readonly log: Log;
}

/** What tools find a running owner by: `endpoint.json`, `curlrc` and the socket. Whatever is removed is made again. */
export class PublishedHome {
  readonly #parts: PublishedHomeParts;
  readonly #identity: string;
  readonly #stopWatching: () => void;
  #published: PublishedDiscovery;
  #mending: Promise<void> | null = null;

  private constructor(parts: PublishedHomeParts, identity: string, published: PublishedDiscovery) {
    this.#parts = parts;
    this.#identity = identity;
    this.#published = published;
    const names = [homeFiles.endpoint, homeFiles.curlConfig, homeFiles.socket];
    this.#stopWatching = watchFolder(parts.home, names, () => void this.mend());
  }

  /** Writes the files: from now on tools find the endpoint. For the home's owner alone. */
  static async publish(parts: PublishedHomeParts): Promise<Result<PublishedHome, UnwritableReason>> {
    const published = await publishDiscovery(parts.home, parts.discovery);
    if (!published.ok) return failed(published.failure);
    return succeeded(new PublishedHome(parts, await homeIdentity(parts.home), published.value));
  }

  /** Makes what is missing or was written over again, with the same key. Once at a time; never rejects for the disk. */
  mend(): Promise<void> {
    this.#mending ??= this.#mend().finally(() => {
      this.#mending = null;
    });
    return this.#mending;
  }

  /** Takes the files away again. */
  async withdraw(): Promise<void> {
    this.#stopWatching();
    await this.#mending;
    await this.#published.withdraw();
  }

  async #mend(): Promise<void> {
    const { home, discovery, endpoint, log } = this.#parts;
    // Another folder in the home's place is not ours: another owner may have taken it.
    if ((await homeIdentity(home).catch(() => null)) !== this.#identity) return;
    if (await endpoint.reopenSocket()) log.info('published_again', { file: homeFiles.socket });
    if (await this.#published.isInPlace()) return;
    const published = await publishDiscovery(home, discovery);
    if (published.ok) {
      this.#published = published.value;
      log.info('published_again', { file: homeFiles.endpoint });
    } else log.warn('not_published_again', { reason: published.failure });
  }
}

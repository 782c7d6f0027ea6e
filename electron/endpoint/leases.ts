import type { Caller } from './caller.ts';
import { digestOf, newToolKey, type EndpointKey } from './key.ts';

interface LeaseEntry {
  readonly caller: Extract<Caller, { kind: 'lease' }>;
}

/** A key that is lent, with what ends it. */
export interface Lease {
  readonly key: EndpointKey;
  end(): void;
}

/** Each holds a connection: so many leave most of them to tools that only ask. */
export const leaseLimit = 64;

/** Keys that live as long as somebody holds a connection for them; they are kept in memory alone, by their digests. */
export class Leases {
  readonly #entries = new Map<string, LeaseEntry>();

  /** `account`: the one that the key is for; null: any. Answers null where too many are lent already. */
  grant(account: string | null): Lease | null {
    if (this.#entries.size >= leaseLimit) return null;
    const key = newToolKey();
    const digest = digestOf(key);
    this.#entries.set(digest, { caller: { kind: 'lease', digest, account } });
    return { key, end: () => void this.#entries.delete(digest) };
  }

  /** By the SHA-256 of a key in base64url. */
  byDigest(digest: string): LeaseEntry | null {
    return this.#entries.get(digest) ?? null;
  }
}

import { hash, timingSafeEqual } from 'node:crypto';
import type { Caller } from './caller.ts';
import type { ToolKeys } from './engine.ts';
import type { EndpointKey } from './key.ts';
import type { Leases } from './leases.ts';

/** A tool that showed a key of its own. */
export type ToolCaller = Extract<Caller, { readonly kind: 'tool' }>;

const owner: Caller = { kind: 'owner' };

/**
 * The keys that open the endpoint, and the only place where a key is compared, in constant time. The owner's key is
 * compared as it is: its length is no secret, and a SHA-256 would be a third of what the gate costs. All other keys
 * are known by their digests alone, and what time tells of a digest tells nothing of a key. Tools are looked up by
 * their digest before they are compared, so a thousand of them cost no more than one.
 */
export class KeyRing {
  readonly #ownerKey: Buffer;
  readonly #asOwner: Buffer;
  readonly #tools: Pick<ToolKeys, 'byDigest'>;
  readonly #leases: Leases;
  readonly #offered = Buffer.alloc(32);
  readonly #known = Buffer.alloc(32);

  constructor(ownerKey: EndpointKey, tools: Pick<ToolKeys, 'byDigest'>, leases: Leases) {
    this.#ownerKey = Buffer.from(ownerKey.reveal());
    this.#asOwner = Buffer.alloc(this.#ownerKey.length);
    this.#tools = tools;
    this.#leases = leases;
  }

  /** Whose key this is, or null. */
  callerOf(key: string): Caller | null {
    if (this.#isOwners(key)) return owner;
    digestInto(this.#offered, key);
    const digest = this.#offered.toString('base64url');
    const lease = this.#leases.byDigest(digest);
    if (lease) return this.#isOffered(lease.caller.digest) ? lease.caller : null;
    const tool = this.#tools.byDigest(digest);
    if (!tool || !this.#isOffered(tool.digest)) return null;
    const { name, account, proxyOnly } = tool;
    return { kind: 'tool', name, digest: tool.digest, account, proxyOnly };
  }

  /** Whether the key that a caller showed still opens something. */
  stillOpens(caller: Caller): boolean {
    switch (caller.kind) {
      case 'tool':
        return this.#tools.byDigest(caller.digest) !== null;
      case 'lease':
        return this.#leases.byDigest(caller.digest) !== null;
      case 'owner':
      case 'nobody':
        return true;
    }
  }

  /**
   * The tool that shows its name and its own key as an OAuth client (RFC 6749 §2.3.1), or null. The owner's key, and
   * one that it lent, are no client's: they have no name.
   */
  clientOf(name: string, key: EndpointKey): ToolCaller | null {
    const caller = this.callerOf(key.reveal());
    return caller?.kind === 'tool' && caller.name === name ? caller : null;
  }

  #isOwners(key: string): boolean {
    const { length } = this.#ownerKey;
    // A character of more bytes than are left is not written: then the last request's would be compared.
    if (key.length !== length || this.#asOwner.write(key) !== length) return false;
    return timingSafeEqual(this.#ownerKey, this.#asOwner);
  }

  #isOffered(digest: string): boolean {
    this.#known.write(digest, 'base64url');
    return timingSafeEqual(this.#known, this.#offered);
  }
}

// Three times as fast as asking `hash` for a new buffer: this runs on every request of a tool.
function digestInto(target: Buffer, key: string): Buffer {
  target.write(hash('sha256', key, 'binary'), 'binary');
  return target;
}

import tls from 'node:tls';
import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import { readInNode } from './certificate-process.ts';
import type { ReadCertificates } from './certificate-program.ts';
import { systemClock } from './system-clock.ts';

/** What connections need to know of the authorities that are trusted. */
export interface CertificateTrust {
  /** Called before each https connection. */
  prepare(): unknown;
  /** Called after a certificate was refused: reads the stores again. Whether another try is of use. Never rejects. */
  renew(): Promise<boolean>;
}

/** `count`: how many authorities this computer's own store has. `refused`: Node.js did not take them. */
export type SystemTrust =
  { readonly kind: 'trusted' | 'refused'; readonly count: number } | { readonly kind: 'unreadable' };

interface SystemCertificatesParts {
  readonly clock: Pick<Clock, 'monotonicNow'>;
  readonly readAgain: ReadCertificates;
}

const storesSchema = z.object({ system: z.array(z.string()), extra: z.array(z.string()) });

/** The system's store and the file of NODE_EXTRA_CA_CERTS, as PEM texts. */
type Stores = z.infer<typeof storesSchema>;

/** An attacker's certificate must not start a process with each request. */
const readIntervalMs = 60_000;

/**
 * Trusts, for all TLS of this thread, what the system trusts in addition to Node's own list: an office's proxy or a
 * private service is often signed by an authority that only the system knows. An authority that is added while the
 * program runs counts after the first certificate that was refused for lack of it.
 */
export class SystemCertificates implements CertificateTrust {
  readonly #parts: SystemCertificatesParts;
  /** What Node trusts without us, as it was at the start. */
  #ofNode: readonly string[] = [];
  #stores: Stores | null = null;
  #outcome: SystemTrust | null = null;
  #readAt = -Infinity;
  #reading: Promise<boolean> = Promise.resolve(false);

  constructor(parts: Partial<SystemCertificatesParts> = {}) {
    this.#parts = { clock: systemClock, readAgain: readInNode, ...parts };
  }

  /**
   * Reads the system's store once (about 0.1 s), so it is called before the first https request and not at start.
   * What came of the last reading. If that failed, what was trusted before stays in force.
   */
  prepare(): SystemTrust {
    this.#outcome ??= this.#readFirst();
    return this.#outcome;
  }

  /** At most once a minute; before that, what the last reading brought still counts. */
  renew(): Promise<boolean> {
    const now = this.#parts.clock.monotonicNow();
    if (now - this.#readAt >= readIntervalMs) {
      this.#readAt = now;
      this.#reading = this.#readAgain();
    }
    return this.#reading;
  }

  #readFirst(): SystemTrust {
    try {
      this.#ofNode = tls.getCACertificates('default');
      return this.#trust({ system: tls.getCACertificates('system'), extra: tls.getCACertificates('extra') });
    } catch {
      return { kind: 'unreadable' };
    }
  }

  async #readAgain(): Promise<boolean> {
    // Node's own list is known only if the first reading succeeded.
    const text = this.prepare().kind === 'trusted' ? await this.#parts.readAgain() : null;
    const read = text === null ? null : storesSchema.safeParse(jsonOf(text));
    if (!read?.success || isSame(read.data, this.#stores)) return false;
    const outcome = this.#trust(read.data);
    if (outcome.kind !== 'trusted') return false;
    this.#outcome = outcome;
    return true;
  }

  #trust(stores: Stores): SystemTrust {
    const count = stores.system.length;
    try {
      tls.setDefaultCACertificates([...this.#ofNode, ...stores.extra, ...stores.system]);
    } catch {
      return { kind: 'refused', count };
    }
    this.#stores = stores;
    return { kind: 'trusted', count };
  }
}

function isSame(one: Stores, other: Stores | null): boolean {
  const all = ({ system, extra }: Stores) => new Set([...system, ...extra]);
  return other !== null && all(one).symmetricDifference(all(other)).size === 0;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

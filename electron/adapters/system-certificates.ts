import tls from 'node:tls';

/** `count`: how many authorities this computer's own store has. `refused`: Node.js did not take them. */
export type SystemTrust =
  { readonly kind: 'trusted' | 'refused'; readonly count: number } | { readonly kind: 'unreadable' };

let outcome: SystemTrust | null = null;

/**
 * Trusts, for all TLS of this thread, what the system trusts besides Node's own list: an office's proxy or a
 * private service is often signed by an authority that only the system knows. Reads the system's store once
 * (about a tenth of a second), so it is called before the first https request and not at start. If that fails,
 * Node's own list stays in force.
 */
export function trustSystemCertificates(): SystemTrust {
  outcome ??= trusting();
  return outcome;
}

function trusting(): SystemTrust {
  const system = systemCertificates();
  if (system === null) return { kind: 'unreadable' };
  const count = system.length;
  try {
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), ...system]);
    return { kind: 'trusted', count };
  } catch {
    return { kind: 'refused', count };
  }
}

function systemCertificates(): readonly string[] | null {
  try {
    return tls.getCACertificates('system');
  } catch {
    return null;
  }
}

import tls from 'node:tls';

let asked = false;

/**
 * Trusts, for all TLS of this thread, what the system trusts besides Node's own list: an office's proxy or a
 * private service is often signed by an authority that only the system knows. Reads the system's store once
 * (about a tenth of a second), so it is called before the first https request and not at start.
 */
export function trustSystemCertificates(): void {
  if (asked) return;
  asked = true;
  try {
    const trusted = [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
    tls.setDefaultCACertificates(trusted);
  } catch {
    // A store that cannot be read adds nothing; Node's own list stays in force.
  }
}

/** How many authorities this computer's own store has; null: it cannot be read. */
export function systemCertificateCount(): number | null {
  try {
    return tls.getCACertificates('system').length;
  } catch {
    return null;
  }
}

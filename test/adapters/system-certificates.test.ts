import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { expect, it } from 'vitest';
import { trustSystemCertificates } from '../../electron/adapters/system-certificates.ts';

// Compared by fingerprint: the same certificate comes in lines of different lengths.
const fingerprints = (certificates: readonly string[]) =>
  new Set(certificates.map((certificate) => new X509Certificate(certificate).fingerprint256));

it('S12 the system’s certificates are trusted besides Node’s own, and its store is asked once', () => {
  const expected = fingerprints([...tls.getCACertificates('default'), ...tls.getCACertificates('system')]);
  trustSystemCertificates();
  // A number, because the difference of hundreds of certificates helps nobody.
  expect(fingerprints(tls.getCACertificates('default')).symmetricDifference(expected).size).toBe(0);

  tls.setDefaultCACertificates([]);
  trustSystemCertificates();
  expect(tls.getCACertificates('default')).toEqual([]);
});

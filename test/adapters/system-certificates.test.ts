import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { expect, it, onTestFinished, vi } from 'vitest';

// Compared by fingerprint: the same certificate comes in lines of different lengths.
const fingerprints = (certificates: readonly string[]) =>
  new Set(certificates.map((certificate) => new X509Certificate(certificate).fingerprint256));

it('S12 the system’s certificates are trusted besides Node’s own, and its store is asked once', async () => {
  // The process is other tests' too: one may have asked before this, and all want their authorities back.
  const before = tls.getCACertificates('default');
  onTestFinished(() => tls.setDefaultCACertificates(before));
  vi.resetModules();
  const { trustSystemCertificates } = await import('../../electron/adapters/system-certificates.ts');

  const expected = fingerprints([...before, ...tls.getCACertificates('system')]);
  trustSystemCertificates();
  // A number, because the difference of hundreds of certificates helps nobody.
  expect(fingerprints(tls.getCACertificates('default')).symmetricDifference(expected).size).toBe(0);

  tls.setDefaultCACertificates([]);
  trustSystemCertificates();
  expect(tls.getCACertificates('default')).toEqual([]);
});

it.each([
  ['getCACertificates', 'unreadable'],
  ['setDefaultCACertificates', 'refused'],
] as const)('P3 a Node.js whose %s fails is reported, not passed over', async (call, kind) => {
  vi.resetModules();
  const failing = vi.spyOn(tls, call).mockImplementation(() => {
    throw new TypeError('not a function');
  });
  onTestFinished(() => failing.mockRestore());
  const { trustSystemCertificates } = await import('../../electron/adapters/system-certificates.ts');
  expect(trustSystemCertificates()).toMatchObject({ kind });
});

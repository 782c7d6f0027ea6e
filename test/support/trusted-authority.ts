import tls from 'node:tls';
import type { CertificateTrust } from '../../electron/adapters/system-certificates.ts';

/** Trusts this authority alone, from the first connection on. */
export function trustOnly({ certificate }: { readonly certificate: string }): CertificateTrust {
  return {
    prepare: () => tls.setDefaultCACertificates([certificate]),
    renew: () => Promise.resolve(false),
  };
}

/** Leaves the authorities that are trusted as they are. */
export const trustUnchanged: CertificateTrust = {
  prepare: () => undefined,
  renew: () => Promise.resolve(false),
};

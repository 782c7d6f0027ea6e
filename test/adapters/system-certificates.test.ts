import { X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readInNode } from '../../electron/adapters/certificate-process.ts';
import { SystemCertificates } from '../../electron/adapters/system-certificates.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { makeAuthority } from '../support/test-certificate.ts';

// Compared by fingerprint: the same certificate comes in lines of different lengths.
const fingerprints = (certificates: readonly string[]) =>
  new Set(certificates.map((certificate) => new X509Certificate(certificate).fingerprint256));
const trusted = () => fingerprints(tls.getCACertificates('default'));
const trusts = (certificate: string) => trusted().isSupersetOf(fingerprints([certificate]));

// The process is other tests' too: one may have asked before this, and all want their authorities back.
const before = tls.getCACertificates('default');
const [system, extra] = [tls.getCACertificates('system'), tls.getCACertificates('extra')];
afterEach(() => {
  vi.restoreAllMocks();
  tls.setDefaultCACertificates(before);
  vi.unstubAllEnvs();
});

const one = makeAuthority('One').certificate;
const other = makeAuthority('Other').certificate;

/** A store whose content is replaced by the test; `readings`: how often it was read again. */
function replaceableStore() {
  const clock = new FakeClock();
  const store = { added: [] as string[], fails: false, readings: 0 };
  const certificates = new SystemCertificates({
    clock,
    readAgain: () => {
      store.readings += 1;
      const text = JSON.stringify({ system: [...system, ...store.added], extra });
      return Promise.resolve(store.fails ? null : text);
    },
  });
  certificates.prepare();
  return { certificates, clock, store };
}

describe('the authorities that are trusted', () => {
  it('S12 are the system’s and Node’s own, and the system’s store is read once', () => {
    const expected = fingerprints([...before, ...system]);
    const certificates = new SystemCertificates();
    certificates.prepare();
    // A number, because the difference of hundreds of certificates helps nobody.
    expect(trusted().symmetricDifference(expected).size).toBe(0);
    expect(certificates.prepare()).toEqual({ kind: 'trusted', count: system.length });

    tls.setDefaultCACertificates([]);
    certificates.prepare();
    expect(tls.getCACertificates('default')).toEqual([]);
  });

  it('N9 are read again after a refused certificate, at most once a minute', async () => {
    const { certificates, clock, store } = replaceableStore();
    expect(await certificates.renew()).toBe(false);
    store.added = [one];
    expect([await certificates.renew(), store.readings, trusts(one)]).toEqual([false, 1, false]);
    await clock.advance(60_000);
    // Whoever is refused at the same moment waits for the same reading.
    expect(await Promise.all([certificates.renew(), certificates.renew()])).toEqual([true, true]);
    expect([store.readings, trusts(one)]).toEqual([2, true]);
    expect(certificates.prepare()).toEqual({ kind: 'trusted', count: system.length + 1 });
    // A connection that was refused by the old list, but asks only now.
    expect([await certificates.renew(), store.readings]).toEqual([true, 2]);

    await clock.advance(60_000);
    store.added = [other];
    expect([await certificates.renew(), trusts(one), trusts(other)]).toEqual([true, false, true]);
    await clock.advance(60_000);
    expect(await certificates.renew()).toBe(false);
    expect(trusted().isSupersetOf(fingerprints(before))).toBe(true);
  });

  it('N9 stay as they are where the store cannot be read again', async () => {
    const { certificates, clock, store } = replaceableStore();
    store.added = [one];
    await certificates.renew();
    await clock.advance(60_000);
    store.fails = true;
    expect([await certificates.renew(), trusts(one)]).toEqual([false, true]);
    const broken = new SystemCertificates({ clock, readAgain: () => Promise.resolve('no JSON') });
    expect(await broken.renew()).toBe(false);
  });
});

it.each([
  ['getCACertificates', 'unreadable'],
  ['setDefaultCACertificates', 'refused'],
] as const)('P3 a Node.js whose %s fails is reported, not passed over', async (call, kind) => {
  vi.spyOn(tls, call).mockImplementation(() => {
    throw new TypeError('not a function');
  });
  const readAgain = vi.fn(() => Promise.resolve(JSON.stringify({ system: [], extra: [] })));
  const certificates = new SystemCertificates({ readAgain });
  expect(certificates.prepare()).toMatchObject({ kind });
  expect([await certificates.renew(), certificates.prepare().kind, readAgain.mock.calls]).toEqual([
    false,
    kind,
    [],
  ]);
});

it('N9 a process of its own reads the stores as they are now', async () => {
  const home = await temporaryHome();
  const [file, extraFile] = [join(home, 'system.pem'), join(home, 'extra.pem')];
  vi.stubEnv('SSL_CERT_FILE', file);
  vi.stubEnv('SSL_CERT_DIR', home);
  vi.stubEnv('NODE_EXTRA_CA_CERTS', extraFile);
  vi.stubEnv('NODE_OPTIONS', '--no-such-option');
  await Promise.all([writeFile(file, one), writeFile(extraFile, other)]);
  const found = JSON.parse((await readInNode()) ?? 'null') as { system: string[]; extra: string[] };
  // Windows and macOS have stores of their own, which no file takes the place of.
  if (process.platform === 'linux') {
    expect(fingerprints(found.system).isSupersetOf(fingerprints([one]))).toBe(true);
  }
  expect(fingerprints(found.extra)).toEqual(fingerprints([other]));
});

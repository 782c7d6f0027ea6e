import { readdirSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Tool } from '../../electron/core/ports.ts';
import { Secret } from '../../electron/core/secret.ts';
import { digestOf, newKey, newToolKey } from '../../electron/endpoint/key.ts';
import { KeyRing } from '../../electron/endpoint/key-ring.ts';
import { Leases } from '../../electron/endpoint/leases.ts';

const sources = new URL('../../electron/endpoint/', import.meta.url);

/** The files of the endpoint in which the pattern occurs. */
function filesWith(pattern: RegExp): string[] {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll(sep, '/'))
    .filter((name) => name.endsWith('.ts'));
  return files.filter((name) => pattern.test(readFileSync(new URL(name, sources), 'utf8'))).sort();
}

describe('a new key', () => {
  it('E28 is 256 random bits as base64url, another each time', () => {
    const keys = Array.from({ length: 100 }, () => newKey().reveal());
    expect(new Set(keys).size).toBe(100);
    for (const key of keys) {
      expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(Buffer.from(key, 'base64url')).toHaveLength(32);
    }
  });

  it('prints masked', () => {
    expect(newKey().toString()).toBe('[secret]');
    expect(JSON.stringify({ key: newKey() })).toBe('{"key":"[secret]"}');
  });
});

describe('the key of a tool', () => {
  it('E28 is as random, marked for scanners, and made here alone', () => {
    const keys = Array.from({ length: 100 }, () => newToolKey().reveal());
    expect(new Set(keys).size).toBe(100);
    for (const text of keys) expect(text).toMatch(/^tt_[A-Za-z0-9_-]{43}$/);
  });
});

/** A ring with the owner's key, one tool's and one lent. */
function ring() {
  const [owner, tool] = [newKey(), newToolKey()];
  const kept = { ...aTool, digest: digestOf(tool) };
  const leases = new Leases();
  const lease = leases.grant(null);
  if (lease === null) throw new Error('no key is lent');
  const tools = { byDigest: (digest: string) => (digest === kept.digest ? kept : null) };
  return { owner, tool, lease, keys: new KeyRing(owner, tools, leases) };
}

const aTool: Tool = {
  name: 'reports',
  digest: '',
  addedAt: 0,
  expiresAt: null,
  proxyOnly: true,
  account: 'anna',
};

describe('the key ring', () => {
  it('tells whose key it is', () => {
    const { owner, tool, lease, keys } = ring();
    expect(keys.callerOf(owner.reveal())).toEqual({ kind: 'owner' });
    const digest = digestOf(tool);
    const caller = { kind: 'tool', name: 'reports', digest, account: 'anna', proxyOnly: true };
    expect(keys.callerOf(tool.reveal())).toEqual(caller);
    expect(keys.callerOf(lease.key.reveal())).toEqual({
      kind: 'lease',
      digest: digestOf(lease.key),
      account: null,
    });
    expect(keys.callerOf(newKey().reveal())).toBeNull();
    expect(keys.callerOf(newToolKey().reveal())).toBeNull();
  });

  it('knows a lent key no more once its holder is gone', () => {
    const { lease, keys } = ring();
    lease.end();
    expect(keys.callerOf(lease.key.reveal())).toBeNull();
  });

  it('E22 answers null for a text of any length, and never throws', () => {
    const { owner, tool, keys } = ring();
    for (const text of ['', 'a', 'ü'.repeat(43), '\0', 'a'.repeat(100_000)])
      expect(keys.callerOf(text)).toBeNull();
    for (const text of [owner.reveal(), tool.reveal()]) {
      for (const wrong of [text.slice(1), text.slice(0, -1), `${text}A`, flipped(text)])
        expect(keys.callerOf(wrong)).toBeNull();
    }
  });

  it('E22 compares a text whose last character takes two bytes with nothing that came before', () => {
    const { owner, keys } = ring();
    expect(keys.callerOf(owner.reveal())).toEqual({ kind: 'owner' });
    expect(keys.callerOf(`${owner.reveal().slice(0, -1)}é`)).toBeNull();
  });

  it('E23 trusts no list that finds a tool by another digest than its own', () => {
    const other = { ...aTool, digest: digestOf(newToolKey()) };
    const keys = new KeyRing(newKey(), { byDigest: () => other }, new Leases());
    expect(keys.callerOf(newToolKey().reveal())).toBeNull();
  });

  it('E23 keeps SHA-256 digests', () => {
    // The digest of “abc” as FIPS 180-2 gives it.
    const digest = Buffer.from('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'hex');
    expect(digestOf(new Secret('abc'))).toBe(digest.toString('base64url'));
  });
});

function flipped(text: string): string {
  return text.slice(0, -1) + (text.endsWith('A') ? 'B' : 'A');
}

describe('E23 the endpoint’s source', () => {
  it('compares keys in one place, by timingSafeEqual', () => {
    expect(filesWith(/timingSafeEqual\(/)).toEqual(['key-ring.ts']);
    expect(filesWith(/callerOf\(/)).toEqual(['gate.ts', 'key-ring.ts']);
  });

  it('compares no header value that could hold a key, and tells a key but where it is made', () => {
    expect(filesWith(/authorization\s*[!=]==|[!=]==\s*authorization\b|key\s*[!=]==|[!=]==\s*key\b/i)).toEqual(
      [],
    );
    expect(filesWith(/[kK]ey\.reveal\(/)).toEqual([
      'key-ring.ts',
      'key.ts',
      'routes/lease.ts',
      'routes/tools.ts',
    ]);
  });
});

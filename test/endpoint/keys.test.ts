import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KeyRing, newKey, ownerEntry } from '../../electron/endpoint/keys.ts';

const sources = new URL('../../electron/endpoint/', import.meta.url);

/** The files of the endpoint in which the pattern occurs. */
function filesWith(pattern: RegExp): string[] {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
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

describe('the key ring', () => {
  it('tells whose key it is, wherever in the ring it stands', () => {
    const [owner, tool] = [newKey(), newKey()];
    const toolEntry = { digest: ownerEntry(tool).digest, caller: { kind: 'tool', name: 'reports' } } as const;
    for (const ring of [
      new KeyRing([ownerEntry(owner), toolEntry]),
      new KeyRing([toolEntry, ownerEntry(owner)]),
    ]) {
      expect(ring.callerOf(owner.reveal())).toEqual({ kind: 'owner' });
      expect(ring.callerOf(tool.reveal())).toEqual({ kind: 'tool', name: 'reports' });
      expect(ring.callerOf(newKey().reveal())).toBeNull();
    }
  });

  it('E22 answers null for a text of any length, and never throws', () => {
    const ring = new KeyRing([ownerEntry(newKey())]);
    for (const text of ['', 'a', 'ü'.repeat(43), '\0', 'a'.repeat(100_000)])
      expect(ring.callerOf(text)).toBeNull();
  });

  it('without keys opens nothing', () => {
    expect(new KeyRing([]).callerOf('')).toBeNull();
  });

  it('E23 keeps and compares SHA-256 digests', () => {
    // The digest of “abc” as FIPS 180-2 gives it.
    const digest = Buffer.from('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'hex');
    expect(new KeyRing([{ digest, caller: { kind: 'owner' } }]).callerOf('abc')).toEqual({ kind: 'owner' });
  });
});

describe('E23 the endpoint’s source', () => {
  it('compares keys in one place, by timingSafeEqual', () => {
    expect(filesWith(/timingSafeEqual\(/)).toEqual(['keys.ts']);
    expect(filesWith(/callerOf\(/)).toEqual(['gate.ts', 'keys.ts']);
  });

  it('compares no header value that could hold a key, and shows a key to its digest alone', () => {
    expect(filesWith(/authorization\s*[!=]==|[!=]==\s*authorization\b|key\s*[!=]==|[!=]==\s*key\b/i)).toEqual(
      [],
    );
    expect(filesWith(/[kK]ey\.reveal\(/)).toEqual(['keys.ts']);
  });
});

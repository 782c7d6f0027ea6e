import { describe, expect, it } from 'vitest';
import { KeyringKey } from '../electron/adapters/keyring-key.ts';
import { checkKeyring } from '../electron/doctor-key-store.ts';
import { SlowKeyStore } from './support/slow-key-store.ts';

const content = { version: 1 as const, key: 'sealed by the key store', floor: 0, accounts: [] };
const generation = { bytes: Buffer.from('{}'), content };

describe('a key store whose prompt nobody answers', () => {
  it('V12 is asked once, though both generations of the vault need it', async () => {
    const store = new SlowKeyStore();
    const key = new KeyringKey({ home: '/nowhere', openKeyStore: store.open, patienceMs: 1 });
    const earlier = { ...generation, content: { ...content, key: 'sealed earlier' } };
    const vault = { current: generation, previous: earlier, blocked: null };
    expect(await checkKeyring(key, vault)).toMatchObject({ code: 'key_store_locked', stored: true });
    // Its patience may have ended before the store was opened.
    await expect.poll(() => store.opened).toBeGreaterThan(0);
    key.close();
    expect(store.opened).toBe(1);
    expect(store.ended).toBeGreaterThan(0);
  });
});

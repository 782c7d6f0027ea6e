import { describe, expect, it, vi } from 'vitest';
import { KeyringKey } from '../../electron/adapters/keyring-key.ts';
import { SlowKeyStore } from '../support/slow-key-store.ts';

const secret = Buffer.alloc(32, 9).toString('base64url');
const dataKey = Buffer.alloc(32, 7);
const aWhile = { patienceMs: 1, giveUpMs: 60_000 };

/** Waits for a condition, however busy the machine is. */
const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 20_000, interval: 5 });

/** Answers each call as soon as it comes. */
async function answering(store: SlowKeyStore, ...secrets: (string | null)[]): Promise<void> {
  for (const one of secrets) {
    await until(() => store.calls.length > 0);
    store.answer({ kind: 'done', secret: one });
  }
}

describe('a key store that takes its time', { timeout: 60_000 }, () => {
  it('V07 is locked meanwhile, and its answer serves the next caller without another call', async () => {
    const store = new SlowKeyStore();
    const keyring = new KeyringKey({ home: '/nowhere', openKeyStore: store.open, ...aWhile });
    expect(await keyring.protect(dataKey)).toEqual({
      ok: false,
      failure: { kind: 'locked', reason: 'key_store' },
    });
    expect(keyring.lastDetail).toBe('the key store has not answered yet');
    await answering(store, secret);
    await until(() => store.ended === 1);
    expect((await keyring.protect(dataKey)).ok).toBe(true);
    expect(store.opened).toBe(1);
  });

  it('V12 is broken off after the time that a person may take, and asked anew', async () => {
    const store = new SlowKeyStore();
    const keyring = new KeyringKey({
      home: '/nowhere',
      openKeyStore: store.open,
      patienceMs: 30_000,
      giveUpMs: 1,
    });
    expect(await keyring.unprotect('any')).toEqual({
      ok: false,
      failure: { kind: 'locked', reason: 'key_store' },
    });
    expect(keyring.lastDetail).toBe('broken off');
    void keyring.unprotect('any');
    await until(() => store.opened === 2);
  });

  it('is broken off at the program’s end', async () => {
    const store = new SlowKeyStore();
    const keyring = new KeyringKey({ home: '/nowhere', openKeyStore: store.open });
    const answer = keyring.unprotect('any');
    await until(() => store.calls.length > 0);
    keyring.close();
    expect((await answer).ok).toBe(false);
  });
});

describe('a key store that shows nothing while it is locked', { timeout: 60_000 }, () => {
  const absent = null;

  it('is made to open before an entry is made, so that the one that is there is not written over', async () => {
    const store = new SlowKeyStore();
    const keyring = new KeyringKey({ home: '/nowhere', openKeyStore: store.open });
    const kept = keyring.protect(dataKey);
    await until(() => store.calls.length > 0);
    const [{ user } = { user: '' }] = store.calls;
    store.answer({ kind: 'done', secret: absent });
    await until(() => store.calls.length > 0);
    expect(store.calls).toEqual([{ do: 'set', user: `${user}, probe`, secret: 'probe' }]);
    await answering(store, null, null, secret);
    expect((await kept).ok).toBe(true);
  });

  it('never has an entry written over that is not ours', async () => {
    const store = new SlowKeyStore();
    const keyring = new KeyringKey({ home: '/nowhere', openKeyStore: store.open });
    const [kept] = await Promise.all([keyring.protect(dataKey), answering(store, 'something else')]);
    expect(kept.ok).toBe(false);
    expect(store.calls).toEqual([]);
  });
});

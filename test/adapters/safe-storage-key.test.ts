import { describe, expect, it, vi } from 'vitest';
import { SafeStorageKey, type SafeStorageParts } from '../../electron/adapters/safe-storage-key.ts';
import { settle } from '../support/fake-clock.ts';
import { FakeSafeStorage } from '../support/fake-safe-storage.ts';
import { session } from '../support/session-records.ts';
import { StoredVault } from '../support/stored-vault.ts';
import { temporaryHome } from '../support/temporary-home.ts';

const dataKey = Buffer.alloc(32, 7);
const locked = { ok: false, failure: { kind: 'locked', reason: 'key_store' } };
/** The key store has answered, and Electron asks it once for each process. */
const lockedUntilRestart = { ok: false, failure: { kind: 'locked', reason: 'key_store_restart' } };
const undecryptable = { ok: false, failure: { kind: 'undecryptable' } };

function keyOver(safeStorage: FakeSafeStorage, changes: Partial<SafeStorageParts> = {}): SafeStorageKey {
  return new SafeStorageKey({
    safeStorage,
    platform: 'linux',
    keepsUnprotected: () => false,
    hasKeyStore: async () => false,
    ...changes,
  });
}

async function protectedBy(safeStorage: FakeSafeStorage): Promise<string> {
  const text = await keyOver(safeStorage, { keepsUnprotected: () => true }).protect(dataKey);
  return text.ok ? text.value : 'locked';
}

describe('a key under Electron’s safeStorage', () => {
  it('comes back as it was, and its text says what kind of key store made it', async () => {
    const safeStorage = new FakeSafeStorage('v11');
    const text = await protectedBy(safeStorage);
    expect(text).toMatch(/^v11:[\w-]+$/);
    expect(await keyOver(safeStorage).unprotect(text)).toEqual({
      ok: true,
      value: { dataKey, protectAgain: false },
    });
  });

  it('V07 T11 is locked until a restart where the Keychain was denied', async () => {
    const safeStorage = new FakeSafeStorage();
    const text = await protectedBy(safeStorage);
    safeStorage.locked = true;
    const key = keyOver(safeStorage, { platform: 'darwin' });
    expect(await key.unprotect(text)).toEqual(lockedUntilRestart);
    expect(key.lastDetail).toContain('temporarily unavailable');
  });

  it.each([
    ['v11', 'v10', true, 'locked'],
    ['v12', 'v10', true, 'locked'],
    ['v11', 'refused', true, 'locked'],
    ['v11', 'v10', false, 'switched'],
    ['v12', 'v10', false, 'switched'],
    ['v11', 'refused', false, 'lost'],
    // The Secret Service gives its key and the portal does not, or the other way round: another kind of key store.
    ['v12', 'v11', true, 'switched'],
    ['v11', 'v12', true, 'switched'],
    ['v11', 'v11', true, 'lost'],
    ['v10', 'v11', true, 'lost'],
    ['v10', 'v10', true, 'lost'],
  ] as const)(
    'T10 V11 sealed as %s, a try-out gives %s, a key store on the bus is %s: %s',
    async (sealed, tried, onBus, outcome) => {
      const text = await protectedBy(new FakeSafeStorage(sealed));
      const safeStorage = new FakeSafeStorage(tried);
      safeStorage.denies = tried === 'refused';
      safeStorage.key = 'another one';
      const switched = vi.fn();
      const key = keyOver(safeStorage, { switched, hasKeyStore: async () => onBus });
      expect(await key.unprotect(text)).toEqual(outcome === 'locked' ? lockedUntilRestart : undecryptable);
      expect(switched.mock.calls).toEqual(outcome === 'switched' ? [[sealed, tried]] : []);
    },
  );

  it('V08 is undecryptable once the system’s key is another one', async () => {
    const safeStorage = new FakeSafeStorage();
    const text = await protectedBy(safeStorage);
    safeStorage.key = 'a new keychain';
    const switched = vi.fn();
    expect(await keyOver(safeStorage, { switched }).unprotect(text)).toEqual(undecryptable);
    expect(switched).not.toHaveBeenCalled();
  });

  it.each(['', 'garbage', 'v11:', 'v11:!', '../etc'])(
    'V08 a text that is none (%j) never reaches the system',
    async (text) => {
      const safeStorage = new FakeSafeStorage();
      expect(await keyOver(safeStorage).unprotect(text)).toEqual(undecryptable);
      expect(safeStorage.calls).toBe(0);
    },
  );

  it('V09 is protected again, once, where the system asks for it', async () => {
    const safeStorage = new FakeSafeStorage();
    const home = await temporaryHome();
    await new StoredVault(home, { protector: keyOver(safeStorage) }).write(session(1), 0);
    const before = await new StoredVault(home, { protector: keyOver(safeStorage) }).bytes();
    safeStorage.wantsReEncryption = true;
    const vault = new StoredVault(home, { protector: keyOver(safeStorage) });
    expect(await vault.contents()).toEqual(['access-1 (1)']);
    const encryptions = vi.spyOn(safeStorage, 'encryptStringAsync');
    expect(await vault.contents()).toEqual(['access-1 (1)']);
    expect(encryptions).not.toHaveBeenCalled();
    expect((await vault.bytes()).length).toBe(before.length);
  });

  it('V10 is not made where nothing protects it, unless the person wants it kept all the same', async () => {
    const safeStorage = new FakeSafeStorage('v10');
    expect(await keyOver(safeStorage).protect(dataKey)).toEqual(lockedUntilRestart);
    expect((await keyOver(safeStorage, { keepsUnprotected: () => true }).protect(dataKey)).ok).toBe(true);
  });

  it('V10 takes the mark for what it is on Linux alone', async () => {
    const safeStorage = new FakeSafeStorage('v10');
    expect(await keyOver(safeStorage).protection()).toBe('unprotected');
    expect(await keyOver(safeStorage, { platform: 'darwin' }).protection()).toBe('protected');
    expect(await keyOver(safeStorage, { platform: 'win32' }).protection()).toBe('protected');
    for (const mark of ['v11', 'v12', 'abc']) {
      expect(await keyOver(new FakeSafeStorage(mark)).protection()).toBe('protected');
    }
  });

  it('V12 is unavailable where the person denies it or Electron is not ready', async () => {
    const safeStorage = new FakeSafeStorage();
    safeStorage.denies = true;
    const key = keyOver(safeStorage, { platform: 'darwin' });
    expect(await key.protection()).toBe('unavailable');
    expect(await key.protect(dataKey)).toEqual(lockedUntilRestart);
    safeStorage.denies = false;
    safeStorage.available = false;
    expect(await key.protection()).toBe('unavailable');
  });
});

describe('a prompt of the system that nobody answers', () => {
  it('V12 is not waited for, and a second one never stands beside it', async () => {
    const safeStorage = new FakeSafeStorage();
    const text = await protectedBy(safeStorage);
    const key = keyOver(safeStorage, { patienceMs: 1 });
    safeStorage.prompt();
    safeStorage.calls = 0;
    expect(await key.protection()).toBe('pending');
    expect(await key.unprotect(text)).toEqual(locked);
    expect(await key.protect(dataKey)).toEqual(locked);
    expect(await key.protection()).toBe('pending');
    expect(safeStorage.calls).toBe(1);
    expect(key.lastDetail).toBe('the key store has not answered yet');
  });

  it('V12 its late answer serves the next caller', async () => {
    const safeStorage = new FakeSafeStorage();
    const text = await protectedBy(safeStorage);
    const key = keyOver(safeStorage, { patienceMs: 1 });
    safeStorage.prompt();
    expect(await key.unprotect(text)).toEqual(locked);
    const { calls } = safeStorage;
    safeStorage.answerPrompt();
    await vi.waitUntil(async () => (await key.unprotect(text)).ok);
    expect(safeStorage.calls).toBe(calls);
  });

  it('V12 its late answer is not taken for that of another question', async () => {
    const safeStorage = new FakeSafeStorage();
    const text = await protectedBy(safeStorage);
    const key = keyOver(safeStorage, { patienceMs: 1 });
    safeStorage.prompt();
    expect(await key.protection()).toBe('pending');
    safeStorage.answerPrompt();
    await settle();
    expect(await key.unprotect(text)).toEqual({ ok: true, value: { dataKey, protectAgain: false } });
  });
});

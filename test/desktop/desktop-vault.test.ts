import { describe, expect, it, vi } from 'vitest';
import { DesktopVault, type DesktopVaultParts } from '../../electron/desktop-vault.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeSafeStorage } from '../support/fake-safe-storage.ts';
import { InMemorySettings } from '../support/in-memory-home.ts';
import { RememberingLog } from '../support/remembering-log.ts';
import { session } from '../support/session-records.ts';
import { temporaryHome } from '../support/temporary-home.ts';

interface Start extends DesktopVaultParts {
  readonly clock: FakeClock;
  readonly log: RememberingLog;
  readonly switched: ReturnType<typeof vi.fn<() => void>>;
  readonly tell: ReturnType<typeof vi.fn<(remark: string) => void>>;
}

async function start(
  safeStorage: FakeSafeStorage,
  { home, ...changes }: Partial<DesktopVaultParts> = {},
): Promise<{ chosen: DesktopVault; parts: Start }> {
  const parts: Start = {
    home: home ?? (await temporaryHome()),
    settings: new InMemorySettings(),
    notice: () => undefined,
    safeStorage,
    platform: 'linux',
    hasKeyStore: async () => false,
    ...changes,
    clock: new FakeClock(),
    log: new RememberingLog(),
    switched: vi.fn<() => void>(),
    tell: vi.fn<(remark: string) => void>(),
  };
  return { chosen: await DesktopVault.choose(parts), parts };
}

/** A home in which a session was kept under this system's key. */
async function homeOf(safeStorage: FakeSafeStorage): Promise<string> {
  const settings = new InMemorySettings({ unprotectedStorage: 'keep' });
  const { chosen, parts } = await start(safeStorage, { settings });
  expect((await chosen.vault.write(session(1), 0)).ok).toBe(true);
  await chosen.close();
  return parts.home;
}

async function tokensIn({ vault }: DesktopVault): Promise<unknown[]> {
  const read = await vault.read();
  return read.ok ? read.value.map(({ record }) => record.tokens?.accessToken.reveal()) : [read.failure.code];
}

describe('where the tray app keeps its sessions', () => {
  it('sealed, where the system keeps a key that protects', async () => {
    const { chosen, parts } = await start(new FakeSafeStorage('v11'));
    expect(chosen.vault.keyStore).toBe('safe-storage');
    expect(chosen).toMatchObject({ storageProtected: true, remark: null });
    await chosen.vault.write(session(1), 0);
    expect(await tokensIn((await start(new FakeSafeStorage('v11'), { home: parts.home })).chosen)).toEqual([
      'access-1',
    ]);
  });

  it('V10 in memory, where nothing protects the key and nobody has chosen yet', async () => {
    const { chosen } = await start(new FakeSafeStorage('v10'));
    expect(chosen.vault.keyStore).toBe('memory');
    expect(chosen).toMatchObject({ storageProtected: false, trouble: null });
  });

  it('V10 “keep it all the same” takes effect at once, and at the next start', async () => {
    const { chosen, parts } = await start(new FakeSafeStorage('v10'));
    await chosen.choose('keep');
    expect(parts.switched).toHaveBeenCalledOnce();
    expect(chosen.vault.keyStore).toBe('safe-storage');
    await chosen.vault.write(session(1), 0);
    const { home, settings } = parts;
    const next = await start(new FakeSafeStorage('v10'), { home, settings });
    expect(next.chosen.storageProtected).toBe(false);
    expect(await tokensIn(next.chosen)).toEqual(['access-1']);
  });

  it('V10 “keep it all the same” counts for nothing where nobody was asked', async () => {
    const { chosen, parts } = await start(new FakeSafeStorage('v11'));
    await chosen.choose('keep');
    expect(parts.settings.get('unprotectedStorage')).toBe('ask');
  });

  it('V10 “in memory” is not asked again', async () => {
    const { chosen, parts } = await start(new FakeSafeStorage('v10'));
    await chosen.choose('memory');
    expect(parts.switched).not.toHaveBeenCalled();
    const { settings } = parts;
    const next = await start(new FakeSafeStorage('v10'), { settings });
    expect(next.chosen.vault.keyStore).toBe('memory');
    expect(settings.get('unprotectedStorage')).toBe('memory');
  });

  it('V10 what was kept unprotected is still there when the settings are lost', async () => {
    const home = await homeOf(new FakeSafeStorage('v10'));
    const { chosen, parts } = await start(new FakeSafeStorage('v10'), { home });
    expect(await tokensIn(chosen)).toEqual(['access-1']);
    expect(parts.settings.get('unprotectedStorage')).toBe('keep');
  });

  it('V11 says that another kind of key store sealed them, and leaves them as they are', async () => {
    const home = await homeOf(new FakeSafeStorage('v11'));
    const { chosen, parts } = await start(new FakeSafeStorage('v10'), { home });
    expect(chosen.vault.keyStore).toBe('memory');
    expect(chosen.remark).toContain('another kind of key store');
    expect(chosen.trouble).toBe('other');
    expect(parts.log.events).toContainEqual({
      event: 'key_store_switched',
      fields: { from: 'v11', to: 'v10' },
    });
    await chosen.vault.write(session(2), 0);
    expect(chosen.trouble).toBe(null);
    expect(await tokensIn((await start(new FakeSafeStorage('v11'), { home })).chosen)).toEqual(['access-1']);
  });

  it('T10 V07 sealed ones stay where they are while the key store is locked', async () => {
    const home = await homeOf(new FakeSafeStorage('v11'));
    const { chosen, parts } = await start(new FakeSafeStorage('v10'), {
      home,
      hasKeyStore: async () => true,
    });
    expect(chosen.vault.keyStore).toBe('safe-storage');
    expect(chosen).toMatchObject({ trouble: null, remark: null });
    expect(await tokensIn(chosen)).toEqual(['vault_locked']);
    expect(parts.log.events).not.toContainEqual(expect.objectContaining({ event: 'key_store_switched' }));
  });
});

describe('a prompt of the key store at the start', () => {
  it('V12 does not keep the app waiting, and what comes of it counts', async () => {
    const safeStorage = new FakeSafeStorage('v11');
    safeStorage.prompt();
    const { chosen, parts } = await start(safeStorage, { patienceMs: 1 });
    expect(chosen.vault.keyStore).toBe('safe-storage');
    safeStorage.answerPrompt();
    await parts.clock.advance(5_000);
    expect((await chosen.vault.write(session(1), 0)).ok).toBe(true);
    expect(parts.switched).not.toHaveBeenCalled();
  });

  it.each([
    ['linux', false],
    ['darwin', null],
  ] as const)('T23 V12 denied, sessions are in memory only (%s)', async (platform, storageProtected) => {
    const safeStorage = new FakeSafeStorage('v11');
    safeStorage.prompt();
    const hasKeyStore = async () => true;
    const { chosen, parts } = await start(safeStorage, { patienceMs: 1, platform, hasKeyStore });
    // Without its key store Linux falls back to the key that everybody knows; macOS refuses.
    safeStorage.mark = 'v10';
    safeStorage.denies = platform === 'darwin';
    safeStorage.answerPrompt();
    await vi.waitUntil(async () => {
      await parts.clock.advance(5_000);
      return chosen.vault.keyStore === 'memory';
    });
    expect(chosen.storageProtected).toBe(storageProtected);
    expect(chosen.trouble).toBe('refused');
    expect(chosen.remark).toContain('did not open for Token Tray');
    expect(parts.tell.mock.calls).toEqual([[chosen.remark]]);
    expect(parts.switched).toHaveBeenCalledOnce();
  });

  it('is no longer looked at when the program ends', async () => {
    const safeStorage = new FakeSafeStorage('v11');
    safeStorage.prompt();
    const { chosen, parts } = await start(safeStorage, { patienceMs: 1 });
    await chosen.close();
    expect(parts.clock.pendingAlarms).toBe(0);
  });
});

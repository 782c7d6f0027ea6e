import { describe, expect, it, vi } from 'vitest';
import { refusalReason } from '../../electron/adapters/key-store-refusal.ts';
import { KeyringKey } from '../../electron/adapters/keyring-key.ts';
import { nodeProgram } from '../../electron/adapters/node-program.ts';
import { memoryRemark } from '../../electron/agent-vault.ts';
import { failureText } from '../../electron/contract/failure-words.ts';
import { SlowKeyStore } from '../support/slow-key-store.ts';

const failure = 'Platform secure storage failure: ';
const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 20_000, interval: 5 });

describe('what a key store’s refusal means', () => {
  it.each([
    ['darwin', `${failure}User canceled the operation.`, 5, 'key_store_denied'],
    ['darwin', `${failure}The user name or passphrase you entered is not correct.`, 5, 'key_store_denied'],
    ['darwin', `${failure}error code -128`, 5, 'key_store_denied'],
    ['darwin', `${failure}Vom Benutzer abgebrochen.`, 4_000, 'key_store_denied'],
    ['darwin', `${failure}Vom Benutzer abgebrochen.`, 20, 'key_store'],
    ['linux', 'Secret Service: unlock prompt was dismissed', 4_000, 'key_store'],
    ['win32', 'no logon session', 9_000, 'key_store'],
  ] as const)('M1 %s: “%s” after %i ms is %s', (platform, detail, tookMs, reason) => {
    expect(refusalReason({ kind: 'refused', detail, tookMs }, platform)).toBe(reason);
  });

  it('M2 a Keychain that may not show its prompt has words of its own', () => {
    const ssh = `${failure}User interaction is not allowed.`;
    expect(refusalReason({ kind: 'refused', detail: ssh, tookMs: 9_000 }, 'darwin')).toBe(
      'key_store_no_prompt',
    );
    const text = failureText({ code: 'vault_locked', reason: 'key_store_no_prompt' });
    expect(text).toMatch(/security unlock-keychain.*LaunchAgent.*passphrase/);
    const remark = memoryRemark({
      kind: 'memory',
      why: 'locked',
      detail: ssh,
      reason: 'key_store_no_prompt',
    });
    expect(remark).toContain('run security unlock-keychain and start again in the same ssh session, or');
  });
});

describe('a prompt of the key store', () => {
  const locked = (reason: string) => ({ ok: false, failure: { kind: 'locked', reason } });

  it('M1 is not taken away on macOS, and elsewhere after ten minutes, so that a person can answer it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      for (const [platform, ended] of [
        ['darwin', false],
        ['linux', true],
      ] as const) {
        const store = new SlowKeyStore();
        const key = new KeyringKey({ home: '/nowhere', openKeyStore: store.open, platform });
        void key.unprotect('any');
        while (store.opened === 0) await new Promise(setImmediate);
        await vi.advanceTimersByTimeAsync(9 * 60_000);
        expect(store.ended).toBe(0);
        await vi.advanceTimersByTimeAsync(60_000);
        expect(store.ended > 0).toBe(ended);
      }
    } finally {
      vi.useRealTimers();
    }
  });

  it('M1 that a person denies is told as that; a helper that ends is not', async () => {
    const store = new SlowKeyStore();
    const key = new KeyringKey({ home: '/nowhere', openKeyStore: store.open, platform: 'darwin' });
    const denied = key.unprotect('any');
    await until(() => store.calls.length > 0);
    store.answer({ kind: 'refused', detail: `${failure}User canceled the operation.`, tookMs: 5 });
    expect(await denied).toEqual(locked('key_store_denied'));
    const broken = key.unprotect('any');
    await until(() => store.calls.length > 0);
    store.answer({ kind: 'broken', detail: 'the key store’s process ended' });
    expect(await broken).toEqual(locked('key_store'));
  });
});

describe('the helper that asks the key store', () => {
  const cellar = '/opt/homebrew/Cellar/node@24/24.5.0/bin/node';
  it.each([
    ['the program that runs us', cellar, [cellar], cellar],
    ['Homebrew’s link', cellar, ['/opt/homebrew/opt/node@24/bin/node'], '/opt/homebrew/opt/node@24/bin/node'],
    ['the node of PATH', cellar, [], 'node'],
    ['the node of PATH', '/home/a/.nvm/versions/node/v24.5.0/bin/node', [], 'node'],
  ])('M1 runs on %s, after an upgrade too', (_what, running, there, expected) => {
    expect(nodeProgram(running, (path) => there.some((one) => one === path))).toBe(expected);
  });
});

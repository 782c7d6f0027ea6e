import type { AppView } from '../../electron/contract/app-view.ts';
import { defaultPort } from '../../electron/contract/default-port.ts';

/** The moment that `aView` is a view of, in epoch milliseconds. */
export const viewedAt = Date.UTC(2026, 0, 5, 10, 10);

/** Anna at a moment (epoch milliseconds), signed in for thirteen minutes, with two tools; and what a test wants otherwise. */
export function aView(differing: Partial<AppView> = {}, at = viewedAt): AppView {
  const account = 'anna@warehouse.example';
  const state = differing.state ?? 'active';
  return {
    account,
    accounts: [{ account, state, default: true }],
    state,
    expiresAt: at + 32 * 60_000,
    lifetimeMs: 45 * 60_000,
    budget: { used: 5, limit: 60, nextAt: null },
    rateLimitedUntil: null,
    unrecordedUntil: null,
    cause: null,
    pausedUntil: null,
    unreadable: false,
    restartUnlocks: false,
    unsaved: null,
    keyStore: 'safe-storage',
    keyStoreTrouble: null,
    unprotectedStorage: null,
    tools: { connected: 2, lastUse: { name: 'warehouse-sync', at: at - 2 * 60_000 } },
    copied: null,
    endpoint: { url: `http://127.0.0.1:${defaultPort}`, moved: false },
    signIn: { service: 'https://authlive.logistiq.io', username: account, form: 'basic' },
    managed: { service: false, help: null },
    newVersion: null,
    hints: { tray: false, startAtLogin: false },
    language: 'en',
    appearance: 'system',
    clipboardSeconds: 60,
    ...differing,
  };
}

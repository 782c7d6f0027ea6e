import type { AppView } from '../../electron/contract/app-view.ts';
import type { FaceName } from '../../electron/contract/status-face.ts';
import { aView } from './a-view.ts';

const minute = 60_000;

/** 10:10 on this computer's clock: the moment at which every view here is seen. */
export const seenAt = new Date(2026, 10, 23, 10, 10).getTime();

/** Signed in, with 32 of 45 minutes left. */
export function viewOf(changes: Partial<AppView> = {}): AppView {
  return aView(changes, seenAt);
}

/** Nobody has signed in yet. */
export function firstView(changes: Partial<AppView> = {}): AppView {
  return viewOf({
    account: null,
    accounts: [],
    state: 'signed_out',
    expiresAt: null,
    lifetimeMs: null,
    budget: { used: 0, limit: 60, nextAt: null },
    tools: { connected: 0, lastUse: null },
    signIn: { service: 'https://authlive.logistiq.io', username: '', form: 'basic' },
    ...changes,
  });
}

const over = { expiresAt: null };
const others = [{ account: 'ben@shop.example', state: 'active', default: false }] as const;

/** A view of each situation; where one stands both with a token and without, the one without has its own name. */
export const viewsOfFaces: Readonly<Record<FaceName, AppView>> = {
  active: viewOf(),
  renewing: viewOf({ state: 'renewing', expiresAt: seenAt + minute }),
  uncertain: viewOf({ state: 'uncertain', expiresAt: seenAt + 4 * minute }),
  uncertain_over: viewOf({ state: 'uncertain', ...over }),
  offline: viewOf({ state: 'offline', expiresAt: seenAt + 12 * minute }),
  offline_over: viewOf({ state: 'offline', ...over }),
  rate_limited: viewOf({ ...over, rateLimitedUntil: seenAt + 32 * minute }),
  unrecorded: viewOf({ ...over, unrecordedUntil: seenAt + 32 * minute }),
  budget_spent: viewOf({ ...over, budget: { used: 60, limit: 60, nextAt: seenAt + 32 * minute } }),
  locked: viewOf({ state: 'locked', ...over }),
  locked_restart: viewOf({ state: 'locked', restartUnlocks: true, ...over }),
  needs_sign_in: viewOf({ state: 'needs_sign_in' }),
  needs_sign_in_over: viewOf({ state: 'needs_sign_in', ...over }),
  unreadable: viewOf({ state: 'needs_sign_in', unreadable: true, ...over }),
  suspended: viewOf({ state: 'suspended', ...over }),
  paused: viewOf({ pausedUntil: seenAt + 90 * minute }),
  not_saved: viewOf({ state: 'not_saved', unsaved: 'disk_full' }),
  signed_out: viewOf({
    state: 'signed_out',
    ...over,
    accounts: [{ account: 'anna@warehouse.example', state: 'signed_out', default: true }, ...others],
  }),
  signing_in: viewOf({ state: 'signing_in', ...over }),
};

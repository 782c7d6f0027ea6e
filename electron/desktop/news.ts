import type { AppView } from '../contract/app-view.ts';

/** What a person is to be told; `mended`: what they were told last is no longer so. */
export type News = 'sign_in_needed' | 'unreadable' | 'suspended' | 'budget_near' | 'budget_spent' | 'mended';

/**
 * A view as it is to be compared: while a sign-in or a renewal is under way, the state before it still counts, so
 * that an attempt that fails is no news.
 */
export function settled(before: AppView, now: AppView): AppView {
  const underWay = now.state === 'signing_in' || now.state === 'renewing';
  return underWay && before.account === now.account ? { ...now, state: before.state } : now;
}

/**
 * What is new from one settled view to the next; null: nothing worth a notification. A change of the account that is
 * shown is none, nor is anything that a person did themselves.
 */
export function news(before: AppView, now: AppView): News | null {
  if (before.account !== now.account) return null;
  if (now.state !== before.state) {
    if (now.state === 'needs_sign_in') return now.unreadable ? 'unreadable' : 'sign_in_needed';
    if (now.state === 'suspended') return 'suspended';
    if (before.state === 'needs_sign_in' || before.state === 'suspended') return 'mended';
  }
  if (now.state === 'signed_out') return null;
  const level = budgetLevel(now);
  return level > budgetLevel(before) ? (level === 2 ? 'budget_spent' : 'budget_near') : null;
}

/** 1 from four fifths of the day's new tokens on, 2 where all are used. */
function budgetLevel({ budget: { used, limit } }: AppView): 0 | 1 | 2 {
  if (used >= limit) return 2;
  return used >= 0.8 * limit ? 1 : 0;
}

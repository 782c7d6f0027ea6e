import type { IssuanceCause } from '../contract/session-states.ts';
import { Elapsed, type Clock } from './clock.ts';
import type { IssuedTokens, StoredTokens } from './ports.ts';
import type { AccessToken, RefreshToken } from './secret.ts';
import { hour, second } from './renewal-timing.ts';

/** The tokens of a session with their age. All times in milliseconds. */
export interface Grant {
  readonly accessToken: AccessToken;
  readonly refreshToken: RefreshToken;
  readonly lifetimeMs: number;
  /** Since the answer arrived. */
  readonly age: Elapsed;
  /** Epoch milliseconds by the wall clock of that moment: for people and for the vault. */
  readonly arrivedAt: number;
  readonly cause: IssuanceCause;
}

/** A lifetime that can be reckoned with, in milliseconds, whatever the token or the file said. */
function heldLifetimeMs(lifetimeMs: number): number {
  return Number.isNaN(lifetimeMs) ? second : Math.min(Math.max(lifetimeMs, second), 24 * hour);
}

/**
 * The grant of an answer that has just arrived. A refresh answer may leave the refresh token out: `earlier` is
 * then kept (RFC 6749 §6). Null if there is none to keep.
 */
export function grantOf(
  tokens: IssuedTokens,
  earlier: RefreshToken | null,
  cause: IssuanceCause,
  clock: Clock,
): Grant | null {
  const refreshToken = tokens.refreshToken ?? earlier;
  if (!refreshToken) return null;
  return {
    accessToken: tokens.accessToken,
    refreshToken,
    lifetimeMs: heldLifetimeMs(tokens.lifetimeMs),
    age: Elapsed.fromNow(clock),
    arrivedAt: clock.wallNow(),
    cause,
  };
}

/** The grant of a stored record. One that says it arrived in the future counts as over. */
export function storedGrant(tokens: StoredTokens, clock: Clock): Grant {
  return {
    ...tokens,
    lifetimeMs: heldLifetimeMs(tokens.lifetimeMs),
    age: Elapsed.since(clock, tokens.arrivedAt, Infinity),
  };
}

/** Whether it is worth handing out: what ends within the second is over before it is used (L of 1 s: half of it). */
export function isGood(grant: Grant): boolean {
  return leftMs(grant) >= Math.min(second, grant.lifetimeMs / 2);
}

/** Milliseconds of life left; 0: over. */
export function leftMs(grant: Grant): number {
  return Math.max(grant.lifetimeMs - grant.age.ms(), 0);
}

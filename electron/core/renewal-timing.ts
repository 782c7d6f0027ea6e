/** Milliseconds in the units that the rules are written in. */
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;

/** The lifetime that the vendor documents, for a token that does not tell its own. */
export const usualLifetimeMs = 45 * minute;

/** How long after waking nothing is asked of the service but by a person: the network is not there yet. */
export const settleAfterWakeMs = 20 * second;

/** A token request is answered within 20 s whatever the service does; this leaves the endpoint its share. */
export const longestWaitMs = 18 * second;

/** The waits that follow from a token's lifetime L, all in milliseconds. */
export interface RenewalTiming {
  /** The timer renews when this much is left (3 min of 45), give or take a tenth. */
  readonly timerThresholdMs: number;
  /** A token counts as in use if a tool asked this recently (5 min of 45). */
  readonly inUseMs: number;
  /** No more than this can be asked of a token: else each ask would renew. */
  readonly longestMinTtlMs: number;
  /** With less than this left, a renewal may spend the half of the budget that is kept for need. */
  readonly needMs: number;
  /** A token that was made because the last one was rejected is not made anew before it is this old. */
  readonly rejectedAgainMs: number;
  /** A person who copies a token wants this much of it (10 min of 45). */
  readonly copyMs: number;
}

export function timingFor(lifetimeMs: number): RenewalTiming {
  return {
    timerThresholdMs: lifetimeMs / 15,
    inUseMs: lifetimeMs / 9,
    longestMinTtlMs: lifetimeMs / 2,
    needMs: Math.min(minute, lifetimeMs / 2),
    rejectedAgainMs: lifetimeMs / 4,
    copyMs: lifetimeMs / 4.5,
  };
}

/**
 * How long to wait, in milliseconds, before a refresh token whose last answer was lost is sent once more.
 * `losses` counts the answers lost in a row, from 1.
 */
export function waitAfterLossMs(losses: number, lifetimeMs: number): number {
  if (losses <= 1) return Math.min(30 * second, lifetimeMs / 90);
  const longest = Math.min(30 * minute, (2 * lifetimeMs) / 3);
  return Math.min(Math.min(minute, lifetimeMs / 45) * 2 ** (losses - 2), longest);
}

/**
 * How long to wait, in milliseconds, after a request that never left: up to 5 s, doubling to 5 min, with full
 * jitter, so that the computers of an office do not come back all at once.
 * `failures` counts them in a row, from 1; `random` is in [0, 1).
 */
export function waitAfterUnsentMs(failures: number, random: number): number {
  return random * Math.min(5 * second * 2 ** (failures - 1), 5 * minute);
}

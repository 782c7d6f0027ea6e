import type { KnownFailure } from './verdict.ts';

/** The only place that says which tests do not pass under Wine, and why. */
export const knownFailures: readonly KnownFailure[] = [];

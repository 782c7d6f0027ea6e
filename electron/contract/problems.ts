import type { OfflineReason, SessionFailure } from './failures.ts';
import type { SessionStateName } from './session-states.ts';

/** The endpoint's stable error codes with their status (RFC 9110) as they stand in a problem answer (RFC 9457). */
export const problemStatus = {
  bad_request: 400,
  bad_key: 401,
  forbidden: 403,
  forbidden_origin: 403,
  forbidden_host: 403,
  not_found: 404,
  method_not_allowed: 405,
  too_large: 413,
  budget_exhausted: 429,
  rate_limited: 429,
  service_error: 502,
  signed_out: 503,
  locked: 503,
  not_saved: 503,
  suspended: 503,
  paused: 503,
  offline: 503,
} as const satisfies Record<string, number>;

export type ProblemCode = keyof typeof problemStatus;

/** Why the service could not be asked, as `offline` problems and the status say it. */
export const problemReasons = [
  'network',
  'proxy',
  'certificate',
  'clock',
  'uncertain',
  'store',
  'waking',
] as const;

export type ProblemReason = (typeof problemReasons)[number];

const reasonsByCause: Readonly<Record<OfflineReason, ProblemReason>> = {
  name: 'network',
  refused: 'network',
  local_network: 'network',
  timeout: 'network',
  cut: 'network',
  proxy: 'proxy',
  proxy_address: 'proxy',
  certificate: 'certificate',
  certificate_expired: 'clock',
  certificate_not_yet_valid: 'clock',
  uncertain: 'uncertain',
  waking: 'waking',
  store: 'store',
};

/** The reason of the closed list that a failure's own, finer one belongs to. */
export function problemReason(reason: OfflineReason): ProblemReason {
  return reasonsByCause[reason];
}

/** The codes that a token request can be refused with. */
export const refusalCodes = [
  'budget_exhausted',
  'rate_limited',
  'service_error',
  'signed_out',
  'locked',
  'not_saved',
  'suspended',
  'paused',
  'offline',
] as const satisfies readonly ProblemCode[];

/**
 * Why a token request is refused. `retryAfterSeconds` (`Retry-After`) goes with `budget_exhausted`, `rate_limited`,
 * `paused` and `offline`, whose end can be named; `reason` with `offline`, but where the program is stopping.
 */
export interface TokenRefusal {
  readonly code: (typeof refusalCodes)[number];
  readonly retryAfterSeconds?: number;
  readonly reason?: ProblemReason;
  /** What is behind it, where that is known. */
  readonly failure?: SessionFailure;
}

/** Exit codes of the CLI. */
export const exitCodes = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  signInNeeded: 3,
  notRunning: 4,
  refused: 5,
} as const;

/** The body of a problem answer (RFC 9457 §3). `detail` is a sentence that a person can act on. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly state?: SessionStateName;
  /** Of an `offline` problem. */
  readonly reason?: ProblemReason;
}

import type { IssuanceCause, KeyStoreName, SessionStateName } from './session-states.ts';

/** `endpoint.json`: how a local tool finds the endpoint. */
export interface EndpointFile {
  readonly version: 1;
  readonly url: string;
  readonly socket: string | null;
  readonly key: string;
  readonly pid: number;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
}

/** The answer of `GET /v1/token` and `POST /v1/token/renew` (names of RFC 6749 §5.1). */
export interface TokenAnswer {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  /** Whole seconds left, computed at each answer. */
  readonly expires_in: number;
  /** RFC 3339, UTC. */
  readonly expires_at: string;
  readonly account: string;
}

/** The answer of `GET /v1/status`. All times are RFC 3339, UTC; `expires_in` is in whole seconds. */
export interface StatusAnswer {
  readonly state: SessionStateName;
  readonly account: string | null;
  readonly accounts: readonly {
    readonly account: string;
    readonly state: SessionStateName;
    readonly default: boolean;
  }[];
  readonly expires_in: number | null;
  readonly expires_at: string | null;
  readonly last_renewal: { readonly at: string; readonly cause: IssuanceCause } | null;
  readonly next_renewal_at: string | null;
  readonly budget: { readonly used: number; readonly limit: number; readonly next_at: string | null };
  readonly paused_until: string | null;
  readonly key_store: KeyStoreName;
  readonly endpoint: { readonly url: string; readonly socket: string | null };
}

/** Which of the service's two forms of login: Basic (RFC 7617) or a JSON body. */
export type LoginForm = 'basic' | 'json';

/** The body of `POST /v1/login`. Without `api`: the service the agent was started with. */
export interface LoginRequest {
  readonly username: string;
  readonly password: string;
  readonly login?: LoginForm;
  readonly api?: string;
}

/** The answer of `POST /v1/login`. `already`: the session still works, so nothing was asked of the service. */
export interface LoginAnswer {
  readonly account: string;
  readonly state: SessionStateName;
  readonly already: boolean;
}

/** The answer of `POST /v1/logout`. */
export interface LogoutAnswer {
  readonly account: string;
  readonly state: 'signed_out';
}

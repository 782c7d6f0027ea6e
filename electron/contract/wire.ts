import type { MachineFinding, ServiceFinding } from './doctor-findings.ts';
import type { LockedReason } from './failures.ts';
import type { ProblemReason, TokenRefusal } from './problems.ts';
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
  /** When the service's own “too many requests” is over; null: it is. */
  readonly rate_limited_until: string | null;
  /** Why the service is not asked for a new token now; null: it may be, or `state` says what a person has to do. */
  readonly reason: ProblemReason | null;
  readonly paused_until: string | null;
  readonly key_store: KeyStoreName;
  /** Why the session is locked; null: it is not. */
  readonly locked_reason: LockedReason | null;
  readonly endpoint: { readonly url: string; readonly socket: string | null };
}

/** The answer of `GET /v1/outlook`: what a tool would get now. All times are RFC 3339, UTC. */
export interface OutlookAnswer {
  /** The default account first; there is always one entry for it. */
  readonly accounts: readonly AccountOutlook[];
  /** Whether the key of `endpoint.json` gets tokens. */
  readonly programs_of_this_user: boolean;
  /** How many tools have a key of their own. */
  readonly tool_keys: number;
}

/**
 * `gives`: the token in hand, a new one if the service gives it (`renewal`), or nothing. `code` with `reason` and
 * `retry_at`: why there is nothing, or why no new token follows the one in hand; null: one does.
 */
export interface AccountOutlook {
  /** Null: there is no account. */
  readonly account: string | null;
  readonly default: boolean;
  readonly state: SessionStateName;
  readonly gives: 'token' | 'renewal' | 'nothing';
  readonly expires_at: string | null;
  readonly code: TokenRefusal['code'] | null;
  readonly reason: ProblemReason | null;
  readonly retry_at: string | null;
}

/** Which of the service's two forms of login: Basic (RFC 7617) or a JSON body. */
export type LoginForm = 'basic' | 'json';

/**
 * The body of `POST /v1/login`. Without `api`: the service the agent was started with. `prompted`: a person typed the
 * password at a terminal without echo, so the sign-in may go beyond the budget, ten times in 24 hours.
 */
export interface LoginRequest {
  readonly username: string;
  readonly password: string;
  readonly login?: LoginForm;
  readonly api?: string;
  readonly prompted?: boolean;
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

/** The body of `POST /v1/pause`: whole seconds, 1 to a day. */
export interface PauseRequest {
  readonly seconds: number;
}

/** The answer of `POST /v1/pause` and `POST /v1/resume`; null: tools are served. RFC 3339, UTC. */
export interface PauseAnswer {
  readonly paused_until: string | null;
}

/** The body of `POST /v1/accounts/default`, and its answer. */
export interface DefaultAccount {
  readonly account: string;
}

/** The name that stands for all programs that come with the key of `endpoint.json`; no tool's name has a space. */
export const thisUser = 'this user';

/** How a tool has used the endpoint. `last_at`: RFC 3339, UTC; null: not in the last 90 days. */
export interface ToolUse {
  readonly name: string;
  readonly last_at: string | null;
  /** Requests since midnight, local time. */
  readonly count_today: number;
}

/** The answer of `GET /v1/activity`. */
export interface ActivityAnswer {
  /** Oldest first. */
  readonly entries: readonly ActivityEntry[];
  /** The tools with keys of their own, and `thisUser`. */
  readonly tools: readonly ToolUse[];
  /** New tokens that the service may have made, for each local day (`2026-01-31`) from `since` to today. */
  readonly days: readonly { readonly date: string; readonly count: number }[];
}

export interface ActivityEntry {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly kind: 'sign_in' | 'renewal' | 'sign_out' | 'refused';
  readonly account: string;
  readonly cause: IssuanceCause;
  readonly tool: string | null;
}

/** The answer of `GET /v1/tools`: the tools with keys of their own. */
export interface ToolsAnswer {
  readonly tools: readonly ToolAnswer[];
}

/** One tool with its limits. Times are RFC 3339, UTC. */
export interface ToolAnswer extends ToolUse {
  readonly added_at: string;
  /** From when on its key opens nothing; null: never. */
  readonly expires_at: string | null;
  /** Whether the key opens the proxy alone. */
  readonly proxy_only: boolean;
  /** The one account that the key is for; null: any. */
  readonly account: string | null;
}

/** The body of `POST /v1/tools`. */
export interface AddToolRequest {
  /** `[a-z0-9][a-z0-9._-]{0,63}` */
  readonly name: string;
  /** Whole seconds until the key ends; left out: it does not. */
  readonly expires_in?: number;
  readonly proxy_only?: boolean;
  readonly account?: string;
}

/** The answer of `POST /v1/tools`: the only time that the key is told. */
export interface AddToolAnswer {
  readonly name: string;
  readonly key: string;
}

/** The body of `POST /v1/tools/revoke`, and its answer. */
export interface RevokedTool {
  readonly name: string;
}

/**
 * The answer of `POST /v1/lease`: one line of JSON that comes at once, in a response that stays open. The key opens
 * what the owner's key opens for tools, for as long as the response is read.
 */
export interface LeaseAnswer {
  readonly key: string;
}

/** `GET /v1/services`: the base URLs in use, and what the process that answers finds on its way to them. */
export interface ServicesAnswer {
  readonly services: readonly string[];
  readonly findings: readonly (ServiceFinding | MachineFinding)[];
}

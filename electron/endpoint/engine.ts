import type { Failure } from '../contract/failures.ts';
import type { Result } from '../contract/result.ts';
import type { SessionStateName } from '../contract/session-states.ts';
import type { LoginForm } from '../contract/wire.ts';
import type { ActivityQuestion, ActivityReport } from '../core/activity.ts';
import type { Outlook } from '../core/outlook.ts';
import type { Tool } from '../core/ports.ts';
import type { Password } from '../core/secret.ts';
import type { SignInBy } from '../core/sign-in.ts';
import type { SessionReport, TokenReply } from '../core/token-reply.ts';
import type { RejectedReport, TokenAsk } from '../core/token-requests.ts';
import type { ToolUse } from '../core/tool-usage.ts';
import type { NewTool } from '../core/tools.ts';

/** A sign-in. `service` null: the one the program was started with; `form` null: the usual one. */
export interface SignInRequest {
  readonly service: string | null;
  readonly username: string;
  readonly password: Password;
  readonly form: LoginForm | null;
}

/** `already`: the session still works, so nothing was asked of the service. */
export interface SignedIn {
  readonly account: string;
  readonly state: SessionStateName;
  readonly already: boolean;
}

/**
 * What the endpoint needs of core. Token requests are answered within the contract's 20 s whatever the service
 * does, so the endpoint sets no timer of its own for them. A null account is the home's default account.
 */
export interface Engine {
  /** Answers at once, without a promise, when the token in hand will do. */
  token(ask: TokenAsk): TokenReply | Promise<TokenReply>;
  /** `bad_request`: the token is the current one of another account. */
  reportRejected(report: RejectedReport): Promise<TokenReply | { readonly kind: 'bad_request' }>;
  /** Null: there is no such account. */
  report(account: string | null): SessionReport | null;
  outlook(): Outlook;
  signIn(request: SignInRequest, by: SignInBy): Promise<Result<SignedIn, Failure>>;
  signOut(account: string | null): Promise<Result<{ readonly account: string }, Failure>>;
  has(account: string): boolean;
  setDefault(account: string): Promise<Result<null, Failure>>;
}

/** What it needs of the tools that have keys of their own. */
export interface ToolKeys {
  /** By the SHA-256 of a key in base64url; null: no tool's, or its time is over. */
  byDigest(digest: string): Tool | null;
  list(): readonly Tool[];
  add(tool: NewTool): Promise<Result<null, Failure>>;
  revoke(name: string): Promise<Result<null, Failure>>;
}

/** What it needs of the ledger for people. */
export interface ActivityLog {
  report(question: ActivityQuestion): Promise<Result<ActivityReport, Failure>>;
  uses(): readonly ToolUse[];
}

/** What it needs of the pause. `false`: it could not be saved. Milliseconds. */
export interface PauseSwitch {
  /** Resolves to `false` if it could not be saved: it then holds until the program ends. */
  begin(forMs: number): Promise<boolean>;
  end(): Promise<boolean>;
  /** Epoch milliseconds; null: tools are served. */
  until(): number | null;
}

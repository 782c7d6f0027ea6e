import type { Failure } from '../contract/failures.ts';
import type { Result } from '../contract/result.ts';
import type { SessionStateName } from '../contract/session-states.ts';
import type { LoginForm } from '../contract/wire.ts';
import type { AccessToken, Password } from '../core/secret.ts';
import type { SessionReport, TokenReply } from '../core/token-reply.ts';

/** Who asks for which token. `account` null: the home's default account; `tool` null: the owner of this computer. */
export interface TokenAsk {
  readonly account: string | null;
  readonly minTtlSeconds: number;
  readonly tool: string | null;
}

/** A tool's word that the API answered 401 to this token. */
export interface RejectedReport {
  readonly account: string | null;
  readonly rejected: AccessToken;
  readonly tool: string | null;
}

/** A person's sign-in. `service` null: the one the program was started with; `form` null: the usual one. */
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
  signIn(request: SignInRequest): Promise<Result<SignedIn, Failure>>;
  signOut(account: string | null): Promise<Result<{ readonly account: string }, Failure>>;
}

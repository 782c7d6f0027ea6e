import type { Failure } from './contract/failures.ts';
import { failed, succeeded, type Result } from './contract/result.ts';
import type { LoginForm } from './contract/wire.ts';
import type { Accounts } from './core/accounts.ts';
import { Secret } from './core/secret.ts';

/**
 * Gets user name and password from the person or from standard input; `suggested` is the account that is probably
 * meant. Null: there is neither a terminal nor a password.
 */
export type AgentCredentials =
  ((suggested: string | null) => Promise<Result<{ username: string; password: string }, Failure>>) | null;

export interface FirstSignIn {
  /** The service that was asked for; null: none, so a session of any will do. */
  readonly api: string | null;
  /** Whether a password comes from standard input. */
  readonly passwordGiven: boolean;
  readonly username: string | null;
  readonly form: LoginForm | null;
  readonly credentials: AgentCredentials;
  readonly stopped: AbortSignal;
  readonly tell: (sentence: string) => void;
}

/**
 * The agent's own sign-in at its start, to `service`. A session that still works makes it unnecessary, a stored one
 * is left to the person unless a user name or a password was given; without a password the agent starts all the
 * same and says how to sign in.
 */
export async function firstSignIn(
  accounts: Accounts,
  options: FirstSignIn,
  service: string,
): Promise<Result<null, Failure>> {
  const { api, username, form, credentials, passwordGiven, stopped, tell } = options;
  const standing = accounts.standing(api === null && username === null ? null : service, username);
  if (standing === 'works') return succeeded(null);
  const asked = username !== null || passwordGiven;
  if (credentials === null || (standing === 'stored' && !asked)) {
    tell('Sign-in needed. Sign in from another terminal with: token-tray login');
    return succeeded(null);
  }
  const typed = await credentials(username ?? accounts.report(null)?.account ?? null);
  if (stopped.aborted) return failed({ code: 'cancelled' });
  if (!typed.ok) return typed;
  const password = new Secret<'password'>(typed.value.password);
  const signedIn = await accounts.signIn(
    { service, username: typed.value.username, password, form },
    'agent',
  );
  return signedIn.ok ? succeeded(null) : signedIn;
}

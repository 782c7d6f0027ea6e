import { failureText } from './contract/failure-words.ts';
import type { Failure } from './contract/failures.ts';
import { succeeded, type Result } from './contract/result.ts';
import type { LoginForm } from './contract/wire.ts';
import type { Accounts } from './core/accounts.ts';
import { Secret } from './core/secret.ts';

/**
 * Gets user name and password from the person or from standard input; `suggested` is the account that is probably
 * meant. Null: there is neither a terminal nor a password.
 */
export type AgentCredentials = ((suggested: string | null) => Promise<Result<AgentPassword, Failure>>) | null;

interface AgentPassword {
  readonly username: string;
  readonly password: string;
  /** A person typed it at a terminal without echo. */
  readonly prompted: boolean;
}

export interface FirstSignIn {
  /** The service that was asked for; null: none, so a session of any will do. */
  readonly service: string | null;
  /** Whether a password comes from standard input. */
  readonly passwordGiven: boolean;
  /** A user name or the id of an account that there is; null: the default account. */
  readonly username: string | null;
  readonly form: LoginForm | null;
  readonly credentials: AgentCredentials;
  readonly stopped: AbortSignal;
  readonly tell: (sentence: string) => void;
}

/** `stopped`: the program was asked to end meanwhile. */
export type FirstSignInEnd = 'go on' | 'stopped';

/**
 * The agent's own sign-in at its start. A session that still works makes it unnecessary, a stored one is left to
 * the person unless a user name or a password was given; without a password the agent starts all the same and says
 * how to sign in. Only a service's refusal ends a start that has a stored session.
 */
export async function firstSignIn(
  accounts: Accounts,
  options: FirstSignIn,
): Promise<Result<FirstSignInEnd, Failure>> {
  const { service, username, form, credentials, passwordGiven, tell } = options;
  const standing = accounts.standing(service, username);
  if (standing === 'works') return succeeded('go on');
  const asked = username !== null || passwordGiven;
  if (credentials === null || (standing === 'stored' && !asked)) {
    tell('Sign-in needed. Sign in from another terminal with: token-tray login');
    return succeeded('go on');
  }
  const stopped = aborted(options.stopped);
  const typed = await Promise.race([
    credentials(username ?? accounts.report(null)?.account ?? null),
    stopped,
  ]);
  if (typed === 'stopped') return succeeded('stopped');
  if (!typed.ok) return typed;
  const password = new Secret<'password'>(typed.value.password);
  const by = typed.value.prompted ? 'person' : 'agent';
  const request = { service, username: typed.value.username, password, form };
  const signedIn = await Promise.race([accounts.signIn(request, by), stopped]);
  if (signedIn === 'stopped') return succeeded('stopped');
  if (signedIn.ok) return succeeded('go on');
  const { code } = signedIn.failure;
  if (standing === 'none' || code === 'wrong_credentials' || code === 'suspended') return signedIn;
  tell(failureText(signedIn.failure));
  return succeeded('go on');
}

/** Resolves once the program is asked to end. */
export function aborted(signal: AbortSignal): Promise<'stopped'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('stopped');
    else signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
}

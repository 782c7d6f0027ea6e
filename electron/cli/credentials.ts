import type { Failure } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import { askPerson } from './prompt.ts';
import { readStandardInput, wasStrictText } from './strict-text.ts';

export interface TypedCredentials {
  readonly username: string;
  readonly password: string;
  /** A person typed the password at a terminal without echo. */
  readonly prompted: boolean;
}

type Credentials = Result<TypedCredentials, Failure>;

/**
 * Gets user name and password: from the options and standard input, or from the person at the terminal. A
 * password never comes as an argument, where every user of the computer could read it.
 */
export async function askForCredentials(
  options: { readonly username?: string; readonly passwordStdin?: boolean },
  suggested: string | null,
): Promise<Credentials> {
  if (options.username !== undefined && !wasStrictText(options.username)) {
    return failed({ code: 'username_not_text' });
  }
  if (options.passwordStdin) {
    const username = options.username ?? suggested;
    if (username === null || username === '') return failed({ code: 'empty_username' });
    const password = await passwordFromStdin();
    return credentials({ username, password, prompted: false });
  }
  if (!process.stdin.isTTY) return failed({ code: 'empty_password' });
  const username = options.username ?? (await askForUsername(suggested));
  if (typeof username !== 'string') return username;
  if (username === '') return failed({ code: 'empty_username' });
  const typed = await askPerson('Password: ', { hidden: true });
  if (typed.kind === 'cancelled') return failed({ code: 'cancelled' });
  return credentials({ username, password: typed.kind === 'typed' ? typed.text : null, prompted: true });
}

async function askForUsername(suggested: string | null): Promise<string | Credentials> {
  const typed = await askPerson(`Email${suggested === null ? '' : ` [${suggested}]`}: `, { hidden: false });
  if (typed.kind === 'cancelled') return failed({ code: 'cancelled' });
  if (typed.kind === 'not_text') return failed({ code: 'username_not_text' });
  return typed.text === '' ? (suggested ?? '') : typed.text;
}

/** Without a password: it is not text. */
function credentials({
  password,
  ...typed
}: Omit<TypedCredentials, 'password'> & { readonly password: string | null }): Credentials {
  if (password === null) return failed({ code: 'password_not_text' });
  return password === '' ? failed({ code: 'empty_password' }) : succeeded({ ...typed, password });
}

/** All of standard input without the line's end that `echo` and editors add. */
async function passwordFromStdin(): Promise<string | null> {
  return (await readStandardInput())?.replace(/\r?\n$/, '') ?? null;
}

import { text } from 'node:stream/consumers';
import type { Failure } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import { tell } from './output.ts';

export interface TypedCredentials {
  readonly username: string;
  readonly password: string;
  /** A person typed the password at a terminal without echo. */
  readonly prompted: boolean;
}

/**
 * Gets user name and password: from the options and standard input, or from the person at the terminal. A
 * password never comes as an argument, where every user of the computer could read it.
 */
export async function askForCredentials(
  options: { readonly username?: string; readonly passwordStdin?: boolean },
  suggested: string | null,
): Promise<Result<TypedCredentials, Failure>> {
  if (options.passwordStdin) {
    const username = options.username ?? suggested;
    if (username === null || username === '') return failed({ code: 'empty_username' });
    const password = await passwordFromStdin();
    return credentials({ username, password, prompted: false });
  }
  if (!process.stdin.isTTY) return failed({ code: 'empty_password' });
  const prompt = `Email${suggested === null ? '' : ` [${suggested}]`}: `;
  const typed = options.username ?? (await ask(prompt));
  if (typed === null) return failed({ code: 'cancelled' });
  const username = typed === '' ? (suggested ?? '') : typed;
  if (username === '') return failed({ code: 'empty_username' });
  const password = await ask('Password: ', true);
  if (password === null) return failed({ code: 'cancelled' });
  return credentials({ username, password, prompted: true });
}

function credentials(typed: TypedCredentials): Result<TypedCredentials, Failure> {
  return typed.password === '' ? failed({ code: 'empty_password' }) : succeeded(typed);
}

/** All of standard input without the line's end that `echo` and editors add. */
async function passwordFromStdin(): Promise<string> {
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}

/** What the person typed; null: Ctrl-C. */
async function ask(prompt: string, silent = false): Promise<string | null> {
  const { read } = await import('read');
  try {
    // Without `terminal` the password would be shown where standard error is no terminal.
    const typed = await read({ prompt, silent, output: process.stderr, terminal: true });
    if (silent) tell('');
    return typed;
  } catch {
    return null;
  }
}

import type { UnwritableReason } from './failures.ts';
import type { Language } from './language.ts';
import type { SignInHelp } from './policy.ts';
import type { ProblemReason } from './problems.ts';
import type { KeyStoreName, KeyStoreTrouble, SessionStateName } from './session-states.ts';
import type { LoginForm } from './wire.ts';

/**
 * Where everything stands, as windows, tray and menu show it: made whole at each change. No token, no key, no
 * password. Times are epoch milliseconds.
 */
export interface AppView {
  /** The account that is shown; null: none yet. Which one tools get is `accounts[].default`. */
  readonly account: string | null;
  readonly accounts: readonly {
    readonly account: string;
    readonly state: SessionStateName;
    readonly default: boolean;
  }[];
  readonly state: SessionStateName;
  /** Until when the token in hand works; null: there is none. */
  readonly expiresAt: number | null;
  /** How long such a token lives from its arrival, in milliseconds; null: not known. For the ring. */
  readonly lifetimeMs: number | null;
  readonly budget: {
    /** New tokens in the last 24 hours. */
    readonly used: number;
    readonly limit: number;
    /** When the next one is possible; null: now. */
    readonly nextAt: number | null;
  };
  /** When the service's own “too many requests” is over; null: it is. */
  readonly rateLimitedUntil: number | null;
  /** When a token may be asked for though it cannot be recorded; null: now, or it can be. */
  readonly unrecordedUntil: number | null;
  /** Why the last renewal came to nothing; null: it did not, or `state` says what a person has to do. */
  readonly cause: ProblemReason | null;
  readonly pausedUntil: number | null;
  /** Whether a person has to sign in because what was stored can no longer be read. */
  readonly unreadable: boolean;
  /** Whether the key store that is locked is asked again at the next start alone. */
  readonly restartUnlocks: boolean;
  /** Why the last answer of the service is in memory only; null: it is saved. */
  readonly unsaved: UnwritableReason | null;
  readonly keyStore: KeyStoreName;
  /** Why stored sessions are not to be had, or new ones are not kept; null: no key store stands in the way. */
  readonly keyStoreTrouble: KeyStoreTrouble | null;
  /** `ask`: this computer keeps no key that protects, and the person has to choose. Null: nothing to choose. */
  readonly unprotectedStorage: 'ask' | 'memory' | 'keep' | null;
  readonly tools: {
    /** Tools with keys of their own. */
    readonly connected: number;
    /** Who asked last; `name` null: a program of this user. Null: nobody yet. */
    readonly lastUse: { readonly name: string | null; readonly at: number } | null;
  };
  /**
   * What was copied here and is on the clipboard; null: nothing, or it has left. `worksUntil` null: it is no token,
   * but the text for a tool, with its key.
   */
  readonly copied: { readonly worksUntil: number | null; readonly leavesAt: number } | null;
  readonly endpoint: { readonly url: string; /** The usual port was taken. */ readonly moved: boolean };
  readonly signIn: {
    /** The address that a sign-in goes to unless another is typed. */
    readonly service: string;
    /** What the email field begins with. */
    readonly username: string;
    /** The kind of sign-in that the account was last signed in by. */
    readonly form: LoginForm;
  };
  /** What whoever manages this computer has decided about signing in. */
  readonly managed: {
    /** The form goes to this service alone. */
    readonly service: boolean;
    /** What stands first under “Trouble signing in?”; null: the usual alone. */
    readonly help: SignInHelp | null;
  };
  /** A newer version of the program; null: none is known. */
  readonly newVersion: NewVersion | null;
  /** Said once each. */
  readonly hints: { readonly tray: boolean; readonly startAtLogin: boolean };
  readonly language: Language;
  readonly appearance: 'system' | 'light' | 'dark';
  /** How long a copy stays on the clipboard, in seconds. */
  readonly clipboardSeconds: number;
}

/**
 * A version after this one, and how far it is. `way` page: a person gets it by themselves; install: the program fetches
 * and installs it when told to, one step after the other; move: it has to be in the Applications folder first (macOS).
 */
export interface NewVersion {
  readonly version: string;
  readonly way: 'page' | 'install' | 'move';
  readonly step: 'there' | 'fetching' | 'ready' | 'failed';
}

import type { Language } from './language.ts';
import type { PolicyTrouble } from './policy.ts';
import type { IssuanceCause } from './session-states.ts';

/** What the window's pages show beside the view: asked for when a page opens. Times are epoch milliseconds. */

/** A tool with a key of its own. */
export interface ShownTool {
  readonly name: string;
  /** When it asked last; null: not in the last 90 days. */
  readonly lastAt: number | null;
  /** Requests since midnight, local time. */
  readonly today: number;
  /** From when on its key opens nothing; null: never. */
  readonly expiresAt: number | null;
  readonly proxyOnly: boolean;
  /** The one account that it gets; null: the one that tools get. */
  readonly account: string | null;
}

export interface ToolsPage {
  readonly tools: readonly ShownTool[];
  /** The programs that come with the key of `endpoint.json`, and whether they get tokens. */
  readonly programs: { readonly on: boolean; readonly lastAt: number | null; readonly today: number };
  readonly url: string;
  /** The path of the Unix socket; null: there is none. */
  readonly socket: string | null;
}

/** `handed`: a tool (null: a program of this user) got a token; only its last time is known. */
export type ShownEvent =
  | {
      readonly kind: 'sign_in' | 'renewal' | 'sign_out' | 'refused';
      readonly at: number;
      readonly cause: IssuanceCause;
      readonly tool: string | null;
    }
  | { readonly kind: 'handed'; readonly at: number; readonly tool: string | null; readonly today: number };

/** The shown account's last seven days. */
export interface ActivityPage {
  /** New tokens by local day (`2026-01-31`), the last seven, today last. */
  readonly days: readonly { readonly date: string; readonly count: number }[];
  /** Newest first. */
  readonly events: readonly ShownEvent[];
}

/** The choices that a person makes in the window. */
export interface Choices {
  readonly alwaysFresh: boolean;
  readonly notifications: boolean;
  readonly language: 'system' | Language;
  readonly appearance: 'system' | 'light' | 'dark';
  /** How long a copy stays on the clipboard, in seconds: one of `clipboardChoices`. */
  readonly clipboardSeconds: number;
  /** Null: the usual one, or a free one where that is taken. Holds from the next start on. */
  readonly port: number | null;
  readonly pauseOnScreenLock: boolean;
  readonly programsOfThisUser: boolean;
  readonly lookForNewVersions: boolean;
}

/** Seconds that the window offers for a copy on the clipboard. */
export const clipboardChoices = [15, 30, 60, 120, 300] as const;

export type Choice = {
  [Name in keyof Choices]: { readonly name: Name; readonly value: Choices[Name] };
}[keyof Choices];

export interface SettingsPage {
  readonly choices: Choices;
  /** The system's own answer. */
  readonly startsAtLogin: boolean;
  /** `false`: the system could not start this copy of the app. */
  readonly offersStartAtLogin: boolean;
  /** Whether this system says when its screen is locked. */
  readonly tellsScreenLock: boolean;
  /** The port that tools are served on now. */
  readonly portInUse: number;
  readonly version: string;
  /** Whether this build can look for newer versions. */
  readonly looksForVersions: boolean;
  /** The choices that whoever manages this computer has made, so that nobody else can. */
  readonly managed: readonly (keyof Choices)[];
  /** Why the machine's policy is not used; null: there is none, or it is. */
  readonly policyTrouble: PolicyTrouble | null;
}

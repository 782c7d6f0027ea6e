import type { AppView } from './app-view.ts';
import type { SnippetKind, TriedTool } from './connect-page.ts';
import type { ShownFinding } from './doctor-findings.ts';
import type { Failure } from './failures.ts';
import type { TokenRefusal } from './problems.ts';
import type { Result } from './result.ts';
import type { ActivityPage, Choice, SettingsPage, ToolsPage } from './window-pages.ts';
import type { LoginForm } from './wire.ts';

/** A person's sign-in as the form shows it. `service`: a base URL; what is shown is what is asked, and no other. */
export interface SignInForm {
  readonly username: string;
  readonly password: string;
  readonly service: string;
  readonly form: LoginForm;
}

/** What became of a copy. `no_focus`: Wayland takes one only from a window that has the keyboard. */
export type CopyOutcome = 'copied' | 'refused' | 'no_focus';

/** Why a person got no new token, or no copy. `clipboard`: the system did not take it; `clipboard_focus`: see `CopyOutcome`. */
export type TokenTrouble =
  TokenRefusal | { readonly code: 'clipboard' } | { readonly code: 'clipboard_focus' };

/** What a window may ask of the main process: the arguments, and what comes back. No token is in any of it. */
export interface Requests {
  readonly getView: { readonly args: readonly []; readonly answer: AppView };
  readonly signIn: {
    readonly args: readonly [form: SignInForm];
    readonly answer: Result<{ readonly account: string; readonly already: boolean }, Failure>;
  };
  readonly cancelSignIn: { readonly args: readonly []; readonly answer: null };
  /** Signs out the account that is shown. */
  readonly signOut: { readonly args: readonly []; readonly answer: Result<null, Failure> };
  /** Puts the shown account's token on the clipboard; the view then says until when. */
  readonly copyToken: { readonly args: readonly []; readonly answer: Result<null, TokenTrouble> };
  /** “Renew now” and “Try now”. */
  readonly renewNow: { readonly args: readonly []; readonly answer: Result<null, TokenTrouble> };
  /** “Get one now”: the person was asked, and knows what it risks. */
  readonly getOneNow: { readonly args: readonly []; readonly answer: Result<null, TokenTrouble> };
  /** “Try again”: opens the key store, saves what is not saved. */
  readonly tryAgain: { readonly args: readonly []; readonly answer: null };
  /** `seconds`: 1 to a day. */
  readonly pauseTools: { readonly args: readonly [seconds: number]; readonly answer: Result<null, Failure> };
  readonly resumeTools: { readonly args: readonly []; readonly answer: Result<null, Failure> };
  /** Which account this window shows; tools go on getting the default one. */
  readonly showAccount: { readonly args: readonly [account: string]; readonly answer: null };
  /** What to do where this computer keeps no key that protects. */
  readonly chooseStorage: { readonly args: readonly ['memory' | 'keep']; readonly answer: null };
  readonly startAtLogin: { readonly args: readonly [start: boolean]; readonly answer: null };
  /** Ends the app as a quit does, and starts it again: the key store is asked once for each start. */
  readonly restart: { readonly args: readonly []; readonly answer: null };
  readonly dismissTrayHint: { readonly args: readonly []; readonly answer: null };
  /** Whether the login form holds text: the window then stays, whatever but its own button would hide it. */
  readonly formHoldsText: { readonly args: readonly [holds: boolean]; readonly answer: null };
  readonly hideWindow: { readonly args: readonly []; readonly answer: null };
  readonly getTools: { readonly args: readonly []; readonly answer: ToolsPage };
  /** Its key opens nothing from then on. */
  readonly removeTool: { readonly args: readonly [name: string]; readonly answer: Result<null, Failure> };
  /** Adds a tool of this name; its key stays in the main process. */
  readonly connectTool: { readonly args: readonly [name: string]; readonly answer: Result<null, Failure> };
  /** Puts the finished text for the tool just added, key and all, on the clipboard. `false`: not taken. */
  readonly copySnippet: { readonly args: readonly [kind: SnippetKind]; readonly answer: boolean };
  /** Asks the endpoint as the tool just added would. */
  readonly tryTool: { readonly args: readonly []; readonly answer: TriedTool };
  /** The page is left: the key is forgotten. */
  readonly endConnecting: { readonly args: readonly []; readonly answer: null };
  /** Which account tools get that name none. */
  readonly chooseDefaultAccount: {
    readonly args: readonly [account: string];
    readonly answer: Result<null, Failure>;
  };
  /** Puts the address for tools on the clipboard: no secret. `false`: the system did not take it. */
  readonly copyAddress: { readonly args: readonly []; readonly answer: boolean };
  readonly getActivity: { readonly args: readonly []; readonly answer: Result<ActivityPage, Failure> };
  readonly getSettings: { readonly args: readonly []; readonly answer: SettingsPage };
  readonly choose: { readonly args: readonly [choice: Choice]; readonly answer: Result<null, Failure> };
  /** “Check the set-up”: what `doctor` finds. It changes nothing. */
  readonly checkSetup: { readonly args: readonly []; readonly answer: readonly ShownFinding[] };
  /** Puts a description of this set-up on the clipboard, with no secret in it. Answers what it holds; null: not taken. */
  readonly copySupportDetails: { readonly args: readonly []; readonly answer: string | null };
  /** The licences of what Token Tray is made of, as one text. */
  readonly getLicences: { readonly args: readonly []; readonly answer: string };
  /** The next step towards the newer version: its page, its fetching, the restart with it. The view says where it is. */
  readonly takeNewVersion: { readonly args: readonly []; readonly answer: null };
}

/** What the main process tells a window. */
export interface Events {
  readonly view: AppView;
  /** Shows a place: what a menu item or a notification was about. */
  readonly goTo: Place;
  /** Why a command of the tray's menu came to nothing. */
  readonly trouble: TokenTrouble;
}

export type Place = 'status' | 'login' | 'sign_out' | 'tools' | 'activity' | 'settings';

export type RequestName = keyof Requests;
export type EventName = keyof Events;

/** The channel of each; a name that is missing or too many does not compile. */
export const requestChannels = {
  getView: 'token-tray:get-view',
  signIn: 'token-tray:sign-in',
  cancelSignIn: 'token-tray:cancel-sign-in',
  signOut: 'token-tray:sign-out',
  copyToken: 'token-tray:copy-token',
  renewNow: 'token-tray:renew-now',
  getOneNow: 'token-tray:get-one-now',
  tryAgain: 'token-tray:try-again',
  pauseTools: 'token-tray:pause-tools',
  resumeTools: 'token-tray:resume-tools',
  showAccount: 'token-tray:show-account',
  chooseStorage: 'token-tray:choose-storage',
  startAtLogin: 'token-tray:start-at-login',
  restart: 'token-tray:restart',
  dismissTrayHint: 'token-tray:dismiss-tray-hint',
  formHoldsText: 'token-tray:form-holds-text',
  hideWindow: 'token-tray:hide-window',
  getTools: 'token-tray:get-tools',
  removeTool: 'token-tray:remove-tool',
  connectTool: 'token-tray:connect-tool',
  copySnippet: 'token-tray:copy-snippet',
  tryTool: 'token-tray:try-tool',
  endConnecting: 'token-tray:end-connecting',
  chooseDefaultAccount: 'token-tray:choose-default-account',
  copyAddress: 'token-tray:copy-address',
  getActivity: 'token-tray:get-activity',
  getSettings: 'token-tray:get-settings',
  choose: 'token-tray:choose',
  checkSetup: 'token-tray:check-setup',
  copySupportDetails: 'token-tray:copy-support-details',
  getLicences: 'token-tray:get-licences',
  takeNewVersion: 'token-tray:take-new-version',
} as const satisfies Record<RequestName, string>;

export const eventChannels = {
  view: 'token-tray:view',
  goTo: 'token-tray:go-to',
  trouble: 'token-tray:trouble',
} as const satisfies Record<EventName, string>;

/** `window.tokenTray`: a function for each request, and `onView`, `onGoTo` and the like, which answer how to stop listening. */
export type Bridge = {
  readonly [Name in RequestName]: (...args: Requests[Name]['args']) => Promise<Requests[Name]['answer']>;
} & {
  readonly [Name in EventName as `on${Capitalize<Name>}`]: (
    listener: (payload: Events[Name]) => void,
  ) => () => void;
};

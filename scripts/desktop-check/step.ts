/** The desktops that have a script of their own. */
export const desktops = ['windows', 'macos', 'gnome', 'kde'] as const;
export type Desktop = (typeof desktops)[number];

/** Where the app comes from: a checkout's own build, or an installed package (`--app`). */
export type Install = 'checkout' | 'package';

/** What a step says: the same everywhere, or by desktop. */
export type Words = string | Readonly<Partial<Record<Desktop, string>>>;

/** What the program does between "do" and "see", once the person is ready. */
export type Act = 'end_session' | 'restart_app' | 'start_again' | 'leave_running';

/** What the program looks at by itself after the person's answer. */
export type CheckName =
  | 'signed_out'
  | 'signed_in'
  | 'key_protected'
  | 'key_store_locked'
  | 'token_pasted'
  | 'token_gone'
  | 'second_start_ended'
  | 'login_item_on'
  | 'login_item_off'
  | 'icon_shown'
  | 'icon_not_shown'
  | 'restarted'
  | 'ended';

export interface Step {
  readonly id: string;
  readonly on: readonly Desktop[];
  /** On Linux, for this kind of session only. */
  readonly session?: 'wayland' | 'x11';
  /** For this kind of start only. */
  readonly install?: Install;
  /** Only where the desktop shows tray icons, or only where it does not. Windows and macOS always do. */
  readonly icon?: 'shown' | 'not_shown';
  readonly do: Words;
  readonly act?: Act;
  readonly see: Words;
  readonly checks?: readonly CheckName[];
  /** The cases that it shows on a real desktop (docs/cases.md), everywhere or by desktop. */
  readonly shows?: readonly string[] | Readonly<Partial<Record<Desktop, readonly string[]>>>;
}

/** The words for one desktop; empty: the step says nothing about it. */
export function wordsFor(words: Words, desktop: Desktop): string {
  return typeof words === 'string' ? words : (words[desktop] ?? '');
}

/** The cases that a step shows on one desktop. */
export function casesFor({ shows = [] }: Step, desktop: Desktop): readonly string[] {
  return 'length' in shows ? shows : (shows[desktop] ?? []);
}

export interface Surroundings {
  readonly desktop: Desktop;
  /** `XDG_SESSION_TYPE`; it decides on Linux only. */
  readonly session: string;
  /** Null: the steps of both. */
  readonly install: Install | null;
}

/** The steps of one desktop, in order. */
export function stepsFor(all: readonly Step[], { desktop, session, install }: Surroundings): readonly Step[] {
  const isLinux = desktop === 'gnome' || desktop === 'kde';
  return all.filter(
    (step) =>
      step.on.includes(desktop) &&
      (!isLinux || step.session === undefined || step.session === (session === 'x11' ? 'x11' : 'wayland')) &&
      (install === null || step.install === undefined || step.install === install),
  );
}

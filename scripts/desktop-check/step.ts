/** The desktops that have a script of their own. */
export const desktops = ['windows', 'macos', 'gnome', 'kde'] as const;
export type Desktop = (typeof desktops)[number];

/** The kinds of session that a Linux desktop has. */
export const sessions = ['wayland', 'x11'] as const;
export type Session = (typeof sessions)[number];

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
  readonly session?: Session;
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

/** Whether the person pastes something for this check. */
export function isPaste(check: CheckName): check is 'token_pasted' | 'token_gone' {
  return check === 'token_pasted' || check === 'token_gone';
}

/** What the program asks for after the person's answer; null: nothing. */
export function thenWords({ checks = [] }: Step): string | null {
  const paste = checks.find(isPaste);
  if (paste === undefined) return null;
  return paste === 'token_pasted'
    ? 'After your answer, paste the clipboard here. The paste is not shown.'
    : 'After your answer, paste the clipboard here once more, to show that the token is gone. The paste is not shown. If nothing can be pasted, press Enter alone.';
}

/** The cases that a step shows on one desktop. */
export function casesFor({ shows = [] }: Step, desktop: Desktop): readonly string[] {
  return 'length' in shows ? shows : (shows[desktop] ?? []);
}

export interface Surroundings {
  readonly desktop: Desktop;
  /** It decides on Linux only. */
  readonly session: Session;
  /** Null: the steps of both. */
  readonly install: Install | null;
}

export function isLinux(desktop: Desktop): boolean {
  return desktop === 'gnome' || desktop === 'kde';
}

/** The steps of one desktop, in order. */
export function stepsFor(all: readonly Step[], { desktop, session, install }: Surroundings): readonly Step[] {
  return all.filter(
    (step) =>
      step.on.includes(desktop) &&
      (!isLinux(desktop) || step.session === undefined || step.session === session) &&
      (install === null || step.install === undefined || step.install === install),
  );
}

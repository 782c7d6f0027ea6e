import type { KeyStoreState } from './settings.ts';

export interface MenuLine {
  readonly label: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly visible: boolean;
  readonly checked: boolean;
  readonly submenu?: readonly MenuLine[];
}

export interface TrayLook {
  readonly tooltip: string;
  readonly title: string;
  /** The image's file, or how large it is where it came from no file. */
  readonly image: string;
  readonly menu: readonly MenuLine[] | null;
  /** There is a tray to show it. */
  readonly visible: boolean;
}

export interface ShownNotification {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly urgency: string;
  readonly silent: boolean;
}

export interface OpenDialog {
  readonly type: string;
  readonly title: string;
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

export interface WindowState {
  readonly id: number;
  readonly targetId: string;
  readonly url: string;
  readonly loading: boolean;
  readonly title: string;
  /** On the screen, whatever the app is told. */
  readonly visible: boolean;
  readonly focused: boolean;
  readonly minimized: boolean;
  readonly skipTaskbar: boolean;
  readonly bounds: { x: number; y: number; width: number; height: number };
  readonly webPreferences: Readonly<Record<string, unknown>>;
  readonly popups: readonly string[];
}

type Point = Readonly<{ x: number; y: number }>;

/** What a test can do to the computer around the app, and see of it: the name of a call, its arguments, its answer. */
export interface ControlCalls {
  'windows.list': () => Promise<readonly WindowState[]>;
  'windows.blur': () => void;
  /** As a person does it: by a click on the window, or on its place in the task bar. */
  'windows.focus': (id: number) => void;
  /** As a person does it, by the title bar. */
  'windows.minimize': (id: number) => void;
  'windows.close': (id: number) => void;
  'windows.crash': (id: number) => Promise<void>;
  'ipc.invoke': (sender: ForgedSender, channel: string, args: readonly unknown[]) => Promise<ForgedAnswer>;
  'ipc.listeners': () => { readonly handled: readonly string[]; readonly listened: readonly string[] };
  'keyStore.set': (state: KeyStoreState) => void;
  'power.emit': (event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen' | 'shutdown') => boolean;
  'session.end': (reasons: readonly SessionEndReason[]) => 'held' | 'ended';
  'tray.look': () => TrayLook | null;
  /** On Linux `click` alone, which stands for the host's `Activate`. */
  'tray.event': (event: 'click' | 'right-click' | 'double-click', position: Point) => void;
  'tray.host': (present: boolean) => void;
  'menu.click': (path: readonly string[], menu: 'tray' | 'application' | 'popup') => void;
  'menu.look': (menu: 'application' | 'popup') => readonly MenuLine[] | null;
  'notifications.list': () => readonly ShownNotification[];
  'notifications.act': (id: string, act: 'click' | 'close') => void;
  /** Whether macOS would have asked the person to allow notifications. */
  'notifications.asked': () => boolean;
  'notifications.set': (state: 'allowed' | 'refused' | 'unsupported') => void;
  'clipboard.read': () => Promise<Readonly<Record<string, string>>>;
  'clipboard.write': (text: string) => void;
  'clipboard.refuse': (refused: boolean) => void;
  'dialogs.list': () => readonly OpenDialog[];
  'dialogs.answer': (button: string, checkboxChecked: boolean) => void;
  'shell.opened': () => readonly string[];
  'theme.set': (theme: 'light' | 'dark') => void;
  'screen.cursor': (position: Point) => void;
  'network.proxy': (rules: string) => void;
  'permissions.asked': () => readonly AskedPermission[];
  'app.ready': () => Promise<void>;
  'app.pid': () => number;
  'app.secondInstance': (argv: readonly string[], cwd: string, data: unknown) => void;
  'app.activate': () => void;
  'app.loginItems': () => Readonly<Record<string, LoginCommand>>;
  'app.quit': () => void;
}

/** Electron's `WindowSessionEndEvent.reasons`. */
export type SessionEndReason = 'shutdown' | 'close-app' | 'critical' | 'logoff';

/** What starts at login under a name. */
export interface LoginCommand {
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** `false`: a person has switched it off in the system's own settings. */
  readonly enabled: boolean;
}

export interface AskedPermission {
  readonly permission: string;
  readonly allowed: boolean;
}

/** A message as a window that was taken over could send it: from another place, from a frame inside, from one gone. */
export interface ForgedSender {
  readonly windowId: number;
  /** The frame's address; the window's own where none is given. */
  readonly url?: string;
  readonly subframe?: boolean;
  /** The frame is gone by the time the message arrives. */
  readonly gone?: boolean;
  /** The message comes from other contents than the window's, such as those of developer tools. */
  readonly foreign?: boolean;
}

export type ForgedAnswer = Readonly<{ result: unknown }> | Readonly<{ error: string }>;

export type CallName = keyof ControlCalls;
export type CallArgs<Name extends CallName> = Parameters<ControlCalls[Name]>;
export type CallAnswer<Name extends CallName> = Awaited<ReturnType<ControlCalls[Name]>>;

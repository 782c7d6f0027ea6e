import type { Page } from 'playwright';
import type { CallAnswer, CallArgs, CallName } from '../electron-host/control/calls.ts';
import type { HostSettings } from '../electron-host/control/settings.ts';

/** Where an app lives for a test, and what outlives a run of it: the home, and the computer's clipboard and the like. */
export interface AppFolders extends AsyncDisposable {
  readonly root: string;
  /** TOKEN_TRAY_HOME. */
  readonly home: string;
  readonly system: string;
}

/** How an app is started. */
export interface LaunchOptions {
  /** The auth service that it signs in to (`TOKEN_TRAY_API`). */
  readonly service?: string;
  /** Those of an earlier run, for a restart; without, new ones that go with the app. */
  readonly folders?: AppFolders;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What the computer is like at the start; real Electron takes the one it runs on. */
  readonly computer?: Omit<HostSettings, 'browserUrl' | 'systemFolder' | 'controlled'>;
  /** Another main module than the built app's; the stand-in alone runs one. */
  readonly main?: string;
}

/** The running app: real Electron where its binary is there, else the stand-in. A spec does not look which. */
export interface LaunchedApp extends AsyncDisposable {
  readonly host: 'electron' | 'stand-in';
  readonly folders: AppFolders;
  readonly pid: number;
  /** Its standard output and error so far. */
  readonly output: string;
  /** The page of the window that is shown; waits for one. */
  window(): Promise<Page>;
  /** Does something to the computer around the app, or asks it (electron-host/control/calls.ts). */
  control<Name extends CallName>(name: Name, ...args: CallArgs<Name>): Promise<CallAnswer<Name>>;
  /** Whether `control` can do this here; a spec that needs it is skipped by name where not. */
  can(name: CallName): boolean;
  /** Its exit code, once it has ended by itself or by a signal (`null`). */
  ended(): Promise<number | null>;
  /** Ends it by a signal and answers its exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** What each way of launching gets. */
export interface Launch {
  readonly folders: AppFolders;
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly computer: HostSettings;
  readonly main: string;
  /** Undoes what this launch made. */
  readonly cleanUp: () => Promise<void>;
}

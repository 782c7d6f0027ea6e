/** What the system starts the app with at login. */
export const hiddenSwitch = '--hidden';

/**
 * Switches of Chromium and Node that let somebody look into the app, or between it and the service. A person has no
 * use for them in a release; a program that starts the app with them has one.
 */
const refusedSwitches: ReadonlySet<string> = new Set([
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'inspect',
  'inspect-brk',
  'inspect-wait',
  'inspect-port',
  'inspect-publish-uid',
  'debug-port',
  'js-flags',
  'log-net-log',
  'ssl-key-log-file',
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'disable-web-security',
  'allow-running-insecure-content',
  'unsafely-treat-insecure-origin-as-secure',
  'proxy-server',
  'proxy-pac-url',
  'host-rules',
  'host-resolver-rules',
  'load-extension',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
  'browser-subprocess-path',
  'user-data-dir',
  // A page that breaks out of its process would have all that the person has.
  'no-sandbox',
  'disable-seccomp-filter-sandbox',
  'single-process',
]);

const refusedVariables = [
  'ELECTRON_RUN_AS_NODE',
  'NODE_OPTIONS',
  'ELECTRON_LOG_FILE',
  // Electron makes `--no-sandbox` of it (shell/app/electron_main_delegate.cc).
  'ELECTRON_DISABLE_SANDBOX',
  'SSLKEYLOGFILE',
] as const;

export interface Launch {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether this is a release; a build that is worked on is started as one likes. */
  readonly packaged: boolean;
}

/**
 * The switch or variable for which a start is refused, before anything is opened; null: none. The fuses of a release
 * make most of them do nothing; this says so, and holds where a fuse does not.
 */
export function refusedLaunch({ argv, env, packaged }: Launch): string | null {
  if (!packaged) return null;
  for (const arg of argv.slice(1)) {
    const name = switchName(arg);
    if (name !== null && refusedSwitches.has(name)) return `--${name}`;
  }
  const set = refusedVariables.find((name) => (env[name] ?? '') !== '');
  if (set !== undefined) return set;
  return env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' ? 'NODE_TLS_REJECT_UNAUTHORIZED' : null;
}

/** Whether the app was started so that no window is to be shown. */
export function startsHidden(argv: readonly string[]): boolean {
  return argv.slice(1).includes(hiddenSwitch);
}

/** As Chromium reads it: two dashes or one, on Windows a slash too and in any case, and a value after `=`. */
function switchName(arg: string): string | null {
  const [, name] = /^(?:--?|\/)([^=]+)/.exec(arg.trim()) ?? [];
  return name?.toLowerCase() ?? null;
}

/**
 * Keeps Windows from looking for a program in the current folder: electron-updater starts `powershell.exe` by its name,
 * and the app's current folder may be anybody's. Windows reads this variable at each start of a program
 * (`NeedCurrentDirectoryForExePath`).
 */
export function startNothingFromCurrentFolder(env: NodeJS.ProcessEnv, platform: string): void {
  if (platform === 'win32') env['NoDefaultCurrentDirectoryInExePath'] = '1';
}

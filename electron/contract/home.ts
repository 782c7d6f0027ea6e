/** What the home's place depends on: `process.platform`, `process.env` and `os.homedir()`, handed in. */
export interface Machine {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homedir: string;
}

/**
 * The folder that holds all that Token Tray keeps for this user: `$TOKEN_TRAY_HOME`, else the platform's
 * per-user config folder + `token-tray` (Linux: XDG Base Directory Specification).
 */
export function homeFolder({ platform, env, homedir }: Machine): string {
  const chosen = env['TOKEN_TRAY_HOME'];
  if (chosen !== undefined && chosen !== '') return chosen;
  if (platform === 'win32') return `${env['LOCALAPPDATA'] ?? `${homedir}\\AppData\\Local`}\\token-tray`;
  if (platform === 'darwin') return `${homedir}/Library/Application Support/token-tray`;
  const configHome = env['XDG_CONFIG_HOME'];
  // The specification says that a relative path is invalid and must be ignored.
  return `${configHome?.startsWith('/') ? configHome : `${homedir}/.config`}/token-tray`;
}

/** The names of the files in the home. */
export const homeFiles = {
  endpoint: 'endpoint.json',
  curlConfig: 'curlrc',
  socket: 'endpoint.sock',
  ledger: 'ledger.jsonl',
  tools: 'tools.json',
  settings: 'settings.json',
  /** Recognises a token that a crash left on the clipboard. */
  copied: 'copied',
  lock: 'lock',
  logs: 'logs',
} as const;

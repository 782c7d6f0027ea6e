/** Variables that only Token Tray itself needs: secrets, and where it finds them. */
const own: readonly string[] = [
  'TOKEN_TRAY_PASSPHRASE',
  'TOKEN_TRAY_PASSPHRASE_FILE',
  'TOKEN_TRAY_STORE',
  'TOKEN_TRAY_STORE_KEY',
  'TOKEN_TRAY_STORE_KEY_FILE',
  'TOKEN_TRAY_TOOL_KEYS_FILE',
];

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment for a program that we start: ours without our own secrets. Names have no case on Windows. */
export function childEnvironment(env: Environment): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.includes(name.toUpperCase())));
}

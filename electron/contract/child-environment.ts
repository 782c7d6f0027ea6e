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

/**
 * The environment with these variables set. On Windows they take the place of those that differ in case alone: Node
 * hands over one of them only, which may be the earlier one.
 */
export function withVariables(
  env: Environment,
  variables: Readonly<Record<string, string>>,
  platform: string,
): Record<string, string | undefined> {
  if (platform !== 'win32') return { ...env, ...variables };
  const names = Object.keys(variables).map((name) => name.toUpperCase());
  const others = Object.entries(env).filter(([name]) => !names.includes(name.toUpperCase()));
  return { ...Object.fromEntries(others), ...variables };
}

/** The types of electron-environment.mjs, for the tests; the script itself has to run on any Node.js. */
type Environment = Readonly<Record<string, string | undefined>>;

export function electronEnvironment(env: Environment): Record<string, string | undefined>;

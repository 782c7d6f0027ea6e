type Environment = Readonly<Record<string, string | undefined>>;

/** An environment variable; one that is set to nothing counts as not set. */
export function variable(name: string, environment: Environment = process.env): string | null {
  const value = environment[name];
  return value === undefined || value === '' ? null : value;
}

/** An environment variable; one that is set to nothing counts as not set. */
export function variable(name: string): string | null {
  const value = process.env[name];
  return value === undefined || value === '' ? null : value;
}

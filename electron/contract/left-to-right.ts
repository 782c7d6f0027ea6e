/**
 * A word that reads from left to right wherever it stands: an address, an email, a path (UAX #9, LRI and PDI). For
 * texts that no element can carry a direction for.
 */
export function leftToRight(text: string | number): string {
  return `\u2066${text}\u2069`;
}

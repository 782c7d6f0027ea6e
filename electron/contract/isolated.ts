/**
 * A word of somebody else's inside a sentence: its own direction of reading, by its first letter, does not reach
 * beyond it (UAX #9, FSI and PDI).
 */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

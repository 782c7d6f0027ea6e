/** The person at the terminal. */
export interface Person {
  say(text: string): void;
  /** A line; null: Ctrl-C, Ctrl-D, or the terminal is gone. */
  ask(question: string): Promise<string | null>;
}

/** How the person ends the check: by `q`, or by Ctrl-C or the terminal's end. */
export type PersonsEnd = 'quit' | 'interrupted';

/** Asks until the answer is one of these words; null: the person ended it. */
export async function choose(
  person: Person,
  question: string,
  words: readonly string[],
): Promise<string | null> {
  for (;;) {
    const typed = await person.ask(question);
    const word = typed?.trim().toLowerCase() ?? null;
    if (word === null || words.includes(word)) return word;
  }
}

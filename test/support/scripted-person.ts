import type { Person } from '../../scripts/desktop-check/person.ts';

/** A person at the desktop check who gives these answers and then presses Ctrl-C. */
export class ScriptedPerson implements Person {
  readonly #answers: string[];
  readonly #heard: string[] = [];

  constructor(answers: readonly string[]) {
    this.#answers = [...answers];
  }

  /** All that was said and asked. */
  get heard(): string {
    return this.#heard.join('\n');
  }

  say(text: string): void {
    this.#heard.push(text);
  }

  ask(question: string): Promise<string | null> {
    this.#heard.push(question);
    return Promise.resolve(this.#answers.shift() ?? null);
  }
}

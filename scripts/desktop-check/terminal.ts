import { askPerson } from '../../electron/cli/prompt.ts';
import type { Person } from './person.ts';

/** What ended the check from outside. `shutdown`: the terminal or the session goes, and nobody can be asked any more. */
export type Interruption = 'ctrl_c' | 'shutdown';

/** The terminal that the person sits at. */
export class CheckTerminal implements Person {
  readonly interrupted: Promise<Interruption>;
  readonly #interrupt: (how: Interruption) => void;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<Interruption>();
    this.interrupted = promise;
    this.#interrupt = resolve;
    // A terminal that is gone must not keep us from removing what we made.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
    process.on('SIGINT', () => resolve('ctrl_c'));
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('shutdown'));
  }

  /** The process that started this one is gone, as if by a signal. */
  readonly orphaned = (): void => this.#interrupt('shutdown');

  /** Text of one or more lines, with the lines' own indentation kept where they are broken. */
  say(text: string): void {
    const width = Math.min(process.stdout.columns || 80, 100);
    process.stdout.write(
      `${text
        .split('\n')
        .flatMap((line) => wrapped(line, width))
        .join('\n')}\n`,
    );
  }

  ask(question: string): Promise<string | null> {
    return this.#ask(question, false);
  }

  /** As `ask`; what is typed or pasted is not shown. */
  askHidden(question: string): Promise<string | null> {
    return this.#ask(question, true);
  }

  async #ask(question: string, hidden: boolean): Promise<string | null> {
    const typed = await askPerson(question, { hidden });
    if (typed.kind === 'typed') return typed.text;
    if (typed.kind === 'not_text') return '';
    this.#interrupt('ctrl_c');
    return null;
  }
}

/** A line broken between words, its continuation under its text. */
export function wrapped(line: string, width: number): string[] {
  const indent = /^\s*(?:\w+:\s+)?/.exec(line)?.[0].length ?? 0;
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    if (space <= indent) break;
    lines.push(rest.slice(0, space));
    rest = ' '.repeat(indent) + rest.slice(space + 1);
  }
  return [...lines, rest];
}

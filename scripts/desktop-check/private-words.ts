import { Redactor } from '../../electron/adapters/redaction.ts';
import { Secret } from '../../electron/core/secret.ts';

/** What names this person or this computer. */
export interface Person {
  readonly homedir: string;
  readonly username: string;
  readonly hostname: string;
  /** The check's own temporary home. */
  readonly home: string;
  /** The checkout. */
  readonly root: string;
}

type Replacements = readonly (readonly [pattern: RegExp, word: string])[];

/** Takes secrets, and the names of the person and the computer, out of texts that go into the report. */
export class PrivateWords {
  readonly #redactor = new Redactor();
  readonly #paths: Replacements;
  readonly #names: Replacements;

  constructor({ homedir, username, hostname, home, root }: Person) {
    const paths = [
      [home, '(home of the check)'],
      [root, '(checkout)'],
      [homedir, '~'],
    ] as const;
    const [shortName = ''] = hostname.split('.');
    const names = [
      [hostname, '(computer)'],
      [shortName, '(computer)'],
      [username, '(user)'],
    ] as const;
    // `/` alone would be every path.
    this.#paths = paths.filter(([path]) => path.length > 1).map(([path, word]) => [inText(path), word]);
    this.#names = names
      .filter(([name]) => name.length > 1)
      .map(([name, word]) => [new RegExp(`(?<!\\w)${RegExp.escape(name)}(?!\\w)`, 'gi'), word]);
  }

  /** From now on this text is masked, such as the token that a paste is compared with. */
  remember(secret: string): void {
    this.#redactor.remember(new Secret<string>(secret));
  }

  /** The text in one line, without what is private. */
  hide(text: string): string {
    const line = text.replace(/\s+/g, ' ').trim();
    // Paths first: a random folder name can look like a secret. Names last: one may be a part of a secret.
    return replaced(this.#redactor.redact(replaced(line, this.#paths)), this.#names);
  }
}

function replaced(text: string, replacements: Replacements): string {
  return replacements.reduce((shown, [pattern, word]) => shown.replace(pattern, word), text);
}

/** A path as programs write it: on Windows with either slash, single or doubled, in any case. */
function inText(path: string): RegExp {
  const parts = path.split(/[\\/]/).map((part) => RegExp.escape(part));
  return new RegExp(parts.join(String.raw`[\\/]{1,2}`), 'gi');
}

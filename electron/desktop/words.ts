import {
  compile,
  createCoreContext,
  registerMessageCompiler,
  registerMessageResolver,
  resolveValue,
  translate,
} from '@intlify/core-base';
import type { Language } from '../contract/app-view.ts';
import { clockText } from '../contract/clock-text.ts';
import english from '../contract/locales/en.json' with { type: 'json' };

type Messages = typeof english;

/** Every path that leads to a text, such as `menu.quit`. */
type PathsIn<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${PathsIn<Tree[Key]>}`;
}[keyof Tree & string];

export type WordPath = PathsIn<Messages>;

registerMessageCompiler(compile);
registerMessageResolver(resolveValue);

/** The words of native menus, notifications and dialogs, in the language that is chosen at the moment. */
export class Words {
  readonly #context;
  readonly #language: () => Language;

  /** `language`: asked at each text. Where a language has no word, the English one stands. */
  constructor(language: () => Language, messages: Partial<Record<Language, Messages>> = {}) {
    this.#language = language;
    this.#context = createCoreContext({
      locale: 'en',
      fallbackLocale: 'en',
      messages: { en: english, ...messages },
      missingWarn: false,
      fallbackWarn: false,
    });
  }

  /** `values` take the places named in braces; they are put in as they are, whatever characters they hold. */
  text(path: WordPath, values: Readonly<Record<string, string | number>> = {}): string {
    const said = translate(this.#context, path, { ...values }, { locale: this.#language() });
    return typeof said === 'string' ? said : path;
  }

  /** A moment (epoch milliseconds) as this computer's clock shows it. */
  time(epochMs: number): string {
    return clockText(epochMs, this.#language());
  }
}

import {
  compile,
  createCoreContext,
  registerMessageCompiler,
  registerMessageResolver,
  resolveValue,
  translate,
} from '@intlify/core-base';
import type { Language } from '../contract/language.ts';
import { clockText } from '../contract/clock-text.ts';
import { isolated } from '../contract/isolated.ts';
import arabic from '../contract/locales/ar.json' with { type: 'json' };
import english from '../contract/locales/en.json' with { type: 'json' };
import { pluralRules } from '../contract/plural-forms.ts';

type Messages = typeof english;

/** Every path that leads to a text, such as `menu.quit`. */
type PathsIn<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${PathsIn<Tree[Key]>}`;
}[keyof Tree & string];

export type WordPath = PathsIn<Messages>;

/** The words of each language; a missing one does not compile. */
const messages: Readonly<Record<Language, Messages>> = { en: english, ar: arabic };

registerMessageCompiler(compile);
registerMessageResolver(resolveValue);

/** The words of native menus, notifications and dialogs, in the language that is chosen at the moment. */
export class Words {
  readonly #context;
  readonly #language: () => Language;

  /** `language`: asked at each text. */
  constructor(language: () => Language) {
    this.#language = language;
    this.#context = createCoreContext({
      locale: 'en',
      fallbackLocale: 'en',
      messages,
      pluralRules,
      missingWarn: false,
      fallbackWarn: false,
    });
  }

  /** `values` take the places named in braces; they are put in as they are, whatever characters they hold. */
  text(path: WordPath, values: Readonly<Record<string, string | number>> = {}): string {
    const locale = this.#language();
    // Between words that read from right to left, an email or an address would be torn apart.
    const filled = Object.entries(values).map(([name, value]): [string, string | number] => [
      name,
      typeof value === 'string' && locale === 'ar' ? isolated(value) : value,
    ]);
    const said = translate(this.#context, path, Object.fromEntries(filled), { locale });
    return typeof said === 'string' ? said : path;
  }

  /** A moment (epoch milliseconds) as this computer's clock shows it. */
  time(epochMs: number): string {
    return clockText(epochMs, this.#language());
  }
}

import { createI18n, useI18n } from 'vue-i18n';
import type { Language } from '../../electron/contract/language.ts';
import { isolated } from '../../electron/contract/isolated.ts';
import { pluralRules } from '../../electron/contract/plural-forms.ts';
import { english, type Words } from '../locales/english.ts';
import { messages } from '../locales/messages.ts';

type Keys<Node> = {
  [Name in keyof Node & string]: Node[Name] extends string ? Name : `${Name}.${Keys<Node[Name]>}`;
}[keyof Node & string];

/** The key of a text. One that no language has words for does not compile. */
export type WordKey = Keys<Words>;

/** What stands for the braces of a text, itself a text perhaps. `count` also chooses between plural forms. */
export type Filling = Readonly<Record<string, string | number | Phrase>>;

/** A text that is to be said: which one, and what fills its braces. */
export interface Phrase {
  readonly key: WordKey;
  readonly filling?: Filling;
}

/** How texts are said in the language of the moment. */
export interface WordsInUse {
  readonly t: (key: WordKey, filling?: Filling) => string;
  readonly say: (phrase: Phrase) => string;
  readonly language: () => Language;
  /** Resolves once its words are there. */
  readonly setLanguage: (wanted: Language) => Promise<void>;
}

/** What is used of vue-i18n. */
interface Translator {
  readonly t: (key: string, filling: Record<string, string | number>) => string;
  readonly locale: { value: string };
  readonly availableLocales: readonly string[];
  readonly setLocaleMessage: (language: Language, words: Words) => void;
}

export function createTranslation() {
  return createI18n({
    legacy: false,
    locale: 'en',
    fallbackLocale: 'en',
    messages: { en: english },
    pluralRules,
  });
}

/** The words, for components. */
export function useWords(): WordsInUse {
  return wordsOf(useI18n({ useScope: 'global' }));
}

/** The words of a translation; `t` refuses keys that there are no words for, and fills braces with texts, too. */
export function wordsOf(translator: Translator): WordsInUse {
  const { locale } = translator;
  const language = (): Language => locale.value as Language;
  const t = (key: WordKey, filling: Filling = {}): string => {
    const filled = Object.entries(filling).map(([name, value]) => [name, textOf(value)]);
    return translator.t(key, Object.fromEntries(filled) as Record<string, string | number>);
  };
  function textOf(value: Filling[string]): string | number {
    if (typeof value === 'object') return t(value.key, value.filling);
    // Between words that read from right to left, an email or an address would be torn apart.
    return typeof value === 'string' && language() === 'ar' ? isolated(value) : value;
  }
  return {
    t,
    say: ({ key, filling }) => t(key, filling),
    language,
    async setLanguage(wanted) {
      if (!translator.availableLocales.includes(wanted)) {
        translator.setLocaleMessage(wanted, await messages[wanted]());
      }
      locale.value = wanted;
    },
  };
}

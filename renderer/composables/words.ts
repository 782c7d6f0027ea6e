import { createI18n, useI18n } from 'vue-i18n';
import type { Language } from '../../electron/contract/app-view.ts';
import { messages, type Words } from '../locales/messages.ts';

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
  /** A language without words is English. */
  readonly setLanguage: (wanted: Language) => void;
}

/** What is used of vue-i18n. */
interface Translator {
  readonly t: (key: string, filling: Record<string, string | number>) => string;
  readonly locale: { value: string };
}

export function createTranslation() {
  return createI18n({ legacy: false, locale: 'en', fallbackLocale: 'en', messages: { ...messages } });
}

/** The words, for components. */
export function useWords(): WordsInUse {
  return wordsOf(useI18n({ useScope: 'global' }));
}

/** The words of a translation; `t` refuses keys that there are no words for, and fills braces with texts, too. */
export function wordsOf({ t: translate, locale }: Translator): WordsInUse {
  const t = (key: WordKey, filling: Filling = {}): string => {
    const filled = Object.entries(filling).map(([name, value]) => [
      name,
      typeof value === 'object' ? t(value.key, value.filling) : value,
    ]);
    return translate(key, Object.fromEntries(filled) as Record<string, string | number>);
  };
  return {
    t,
    say: ({ key, filling }) => t(key, filling),
    language: () => locale.value as Language,
    setLanguage: (wanted) => {
      locale.value = messages[wanted] ? wanted : 'en';
    },
  };
}

import { createI18n, useI18n, type I18n } from 'vue-i18n';
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

export function createTranslation(): I18n {
  return createI18n({ legacy: false, locale: 'en', fallbackLocale: 'en', messages: { ...messages } });
}

/** The words of the language that is shown. */
export function useWords(): {
  readonly t: (key: WordKey, filling?: Filling) => string;
  readonly say: (phrase: Phrase) => string;
  readonly language: () => Language;
  readonly setLanguage: (wanted: Language) => void;
} {
  const { t: translate, locale } = useI18n({ useScope: 'global' });
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

import type { Language } from '../contract/language.ts';

/** The languages that there are words in. */
const languages: readonly Language[] = ['en', 'ar'];

/**
 * The language to speak: the chosen one, or the first of the system's preferred ones (BCP 47, such as `ar-EG`) that
 * there are words in; else English.
 */
export function languageOf(choice: Language | 'system', preferred: readonly string[]): Language {
  if (choice !== 'system') return choice;
  const wanted = preferred.map((tag) => tag.toLowerCase().split(/[-_]/)[0]);
  return wanted.flatMap((one) => languages.filter((language) => language === one))[0] ?? 'en';
}

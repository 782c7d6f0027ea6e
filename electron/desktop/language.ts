import type { Language } from '../contract/app-view.ts';

/** The languages whose words are complete. */
const translated: readonly Language[] = ['en'];

/** The language to speak. `preferred`: the system's languages, the most wanted first (BCP 47 tags). */
export function languageOf(choice: Language | 'system', preferred: readonly string[]): Language {
  const wanted = choice === 'system' ? preferred.map((tag) => tag.split('-')[0]) : [choice];
  return translated.find((language) => wanted.includes(language)) ?? 'en';
}

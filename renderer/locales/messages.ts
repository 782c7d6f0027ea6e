import type { Language } from '../../electron/contract/language.ts';
import { english, type Words } from './english.ts';

/** The words of each language; those of another than English are loaded when they are wanted. */
export const messages: Readonly<Record<Language, () => Promise<Words>>> = {
  en: () => Promise.resolve(english),
  ar: async () => (await import('./arabic.ts')).arabic,
};

export const directions = { en: 'ltr', ar: 'rtl' } as const satisfies Record<Language, 'ltr' | 'rtl'>;

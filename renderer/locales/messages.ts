import type { Language } from '../../electron/contract/app-view.ts';
import sharedEnglish from '../../electron/contract/locales/en.json';
import ownEnglish from './en.json';

const english = { ...sharedEnglish, ...ownEnglish };

/** All words of a language: those that windows share with tray and menus, and their own. */
export type Words = typeof english;

/** The words of each language that there are any in. English, the first, stands in for what is missing. */
export const messages: Readonly<Partial<Record<Language, Words>> & Record<'en', Words>> = { en: english };

export const directions = { en: 'ltr', ar: 'rtl' } as const satisfies Record<Language, 'ltr' | 'rtl'>;

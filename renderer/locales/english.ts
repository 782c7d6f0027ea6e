import sharedEnglish from '../../electron/contract/locales/en.json';
import ownEnglish from './en.json';

export const english = { ...sharedEnglish, ...ownEnglish };

/** All words of a language: those that windows share with tray and menus, and their own. A missing one does not compile. */
export type Words = typeof english;

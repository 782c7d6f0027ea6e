import sharedArabic from '../../electron/contract/locales/ar.json';
import ownArabic from './ar.json';
import type { Words } from './english.ts';

export const arabic: Words = { ...sharedArabic, ...ownArabic };

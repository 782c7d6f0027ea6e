import type { Language } from '../../electron/contract/language.ts';

/** A moment's day, such as “Mon 23 Nov”, in Latin digits. `at`: epoch milliseconds. */
export function dayText(at: number, language: Language): string {
  return format(language, { weekday: 'short', day: 'numeric', month: 'short' }, at);
}

/** A day's name, such as “Monday”. `date`: a local day, `2026-11-23`. */
export function weekdayText(date: string, language: Language, weekday: 'long' | 'narrow' | 'short'): string {
  return format(language, { weekday }, noonOf(date));
}

/** A day in full, such as “Monday, 23 November”. `date`: a local day, `2026-11-23`. */
export function fullDayText(date: string, language: Language): string {
  return format(language, { weekday: 'long', day: 'numeric', month: 'long' }, noonOf(date));
}

/** By noon a day is the same whatever the clock did in its night. */
function noonOf(date: string): number {
  return new Date(`${date}T12:00`).getTime();
}

function format(language: Language, options: Intl.DateTimeFormatOptions, at: number): string {
  return new Intl.DateTimeFormat(`${language === 'en' ? 'en-GB' : language}-u-nu-latn`, options).format(at);
}

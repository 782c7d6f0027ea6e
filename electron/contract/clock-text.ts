import type { Language } from './app-view.ts';

const formats = new Map<Language, Intl.DateTimeFormat>();

/** A moment (epoch milliseconds) as this computer's clock shows it, such as “10:42”; Latin digits in each language. */
export function clockText(epochMs: number, language: Language): string {
  let format = formats.get(language);
  if (!format) {
    format = new Intl.DateTimeFormat(`${language}-u-nu-latn`, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(language, format);
  }
  return format.format(epochMs);
}

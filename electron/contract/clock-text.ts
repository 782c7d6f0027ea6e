import type { Language } from './language.ts';

const parts = {
  minutes: {},
  seconds: { second: '2-digit' },
  date: { year: 'numeric', month: '2-digit', day: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * A moment (epoch milliseconds) as this computer's clock shows it, such as “10:42”; Latin digits in each language.
 * `seconds` adds them, rounded up, for waits shorter than a minute; `date` adds the day.
 */
export function clockText(
  epochMs: number,
  language: Language,
  detail: keyof typeof parts = 'minutes',
): string {
  const key = `${language} ${detail}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(`${language}-u-nu-latn`, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      ...parts[detail],
    });
    formats.set(key, format);
  }
  return format.format(detail === 'seconds' ? Math.ceil(epochMs / 1000) * 1000 : epochMs);
}

import type { Language } from '../../electron/contract/language.ts';

const second = 1_000;
const units = [
  ['day', 86_400 * second],
  ['hour', 3_600 * second],
  ['minute', 60 * second],
] as const;

/** How long ago a moment was, such as “2 minutes ago”, in Latin digits; null: less than a minute, or ahead. */
export function agoText(at: number, now: number, language: Language): string | null {
  const unit = units.find(([, length]) => now - at >= length);
  if (!unit) return null;
  const [name, length] = unit;
  const format = new Intl.RelativeTimeFormat(`${language}-u-nu-latn`, { numeric: 'auto' });
  return format.format(-Math.floor((now - at) / length), name);
}

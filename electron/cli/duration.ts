import ms, { type StringValue } from 'ms';

/** A day, in seconds. */
export const day = 86_400;

/** Whole seconds, 1 at least, of a text such as `90s`, `1h` or `7d`; null: it is none, or longer than `most` seconds. */
export function durationSeconds(text: string, most: number): number | null {
  // Without its unit a number would be milliseconds, which nobody means here.
  if (!/^\d{1,9}(\.\d{1,3})? ?[a-z]+$/i.test(text)) return null;
  // NaN where it is no unit, and never more than `most` then.
  const seconds = Math.floor(ms(text as StringValue) / 1000);
  return seconds >= 1 && seconds <= most ? seconds : null;
}

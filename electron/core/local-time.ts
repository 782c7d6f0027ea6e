import { hour } from './renewal-timing.ts';

/** The beginning of the hour and of the day (epoch milliseconds) that a moment belongs to, by local time. */
export interface LocalTime {
  readonly hour: number;
  readonly day: number;
}

export function localTime(epochMs: number): LocalTime {
  const time = new Date(epochMs);
  time.setMinutes(0, 0, 0);
  const hourStart = time.getTime();
  time.setHours(0);
  return { hour: hourStart, day: time.getTime() };
}

/** The local days from one moment to another, both included, as `2026-01-31`. */
export function localDays(from: number, to: number): string[] {
  const days: string[] = [];
  // By noon, so that a day of 23 or 25 hours is one step as well.
  const noon = new Date(localTime(from).day + 12 * hour);
  for (; localTime(noon.getTime()).day <= to; noon.setDate(noon.getDate() + 1)) {
    days.push(dateText(noon.getTime()));
  }
  return days;
}

/** A moment's local day, as `2026-01-31`. */
export function dateText(epochMs: number): string {
  const time = new Date(epochMs);
  const digits = (part: number, width: number) => String(part).padStart(width, '0');
  return `${digits(time.getFullYear(), 4)}-${digits(time.getMonth() + 1, 2)}-${digits(time.getDate(), 2)}`;
}

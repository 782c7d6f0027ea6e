const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// The three forms of RFC 9110 §5.6.7: IMF-fixdate, and the obsolete ones of RFC 850 and of C's asctime.
const forms = [
  /^[A-Z][a-z]{2}, (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  /^[A-Z][a-z]+day, (?<day>\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/,
];

/**
 * An HTTP-date (RFC 9110 §5.6.7) as epoch milliseconds; null where it is none. `Date.parse` is no reader of it:
 * it takes "5 apples" for a day in May 2001.
 */
export function parseHttpDate(text: string): number | null {
  for (const form of forms) {
    const parts = form.exec(text.trim())?.groups;
    if (!parts) continue;
    const { day = '', month = '', year = '', time = '' } = parts;
    const [hours, minutes, seconds] = time.split(':').map(Number);
    const moment = Date.UTC(fullYear(year), months.indexOf(month), Number(day), hours, minutes, seconds);
    return months.includes(month) ? moment : null;
  }
  return null;
}

/** RFC 850 has two digits of the year: taken as the century in which this program lives. */
function fullYear(year: string): number {
  return year.length === 2 ? 2000 + Number(year) : Number(year);
}

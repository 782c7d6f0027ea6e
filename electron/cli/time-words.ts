/** A time (RFC 3339) on this computer's clock: `14:05`, or `2026-01-31 14:05` where it is not today. */
export function moment(time: string, now: Date = new Date()): string {
  const [date, clock] = local(new Date(time));
  return date === local(now)[0] ? clock : `${date} ${clock}`;
}

/** A time (RFC 3339) on this computer's clock: `2026-01-31 14:05`. */
export function dateAndTime(time: string): string {
  return local(new Date(time)).join(' ');
}

/** Sweden writes dates as ISO 8601 does. */
function local(time: Date): [date: string, clock: string] {
  return [
    time.toLocaleDateString('sv-SE'),
    time.toLocaleTimeString('sv-SE', { hour: '2-digit', minute: '2-digit' }),
  ];
}

/** A moment of a simulation. `script` null: whatever keeps tokens in memory starts anew. */
export interface Moment {
  /** Milliseconds since the first midnight. */
  readonly atMs: number;
  /** Which of the scripts needs a token, from 0. */
  readonly script: number | null;
}

/** How scripts use the API, day after day. */
export interface UsagePattern {
  readonly name: string;
  /** In the order of time. Day 0 is a Monday. */
  readonly moments: (days: number) => Iterable<Moment>;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

export const usagePatterns: readonly UsagePattern[] = [
  {
    name: 'one tool, every second',
    moments: (days) => every(second, 0, days * day),
  },
  {
    name: 'a cron job every 5 minutes in office hours',
    *moments(days) {
      for (let at = 0; at < days; at += 1) {
        if (at % 7 < 5) yield* every(5 * minute, at * day + 8 * hour, at * day + 18 * hour);
      }
    },
  },
  {
    name: '10 scripts, each hourly, 6 minutes apart',
    *moments(days) {
      for (const { atMs } of every(6 * minute, 0, days * day)) {
        yield { atMs, script: (atMs / (6 * minute)) % 10 };
      }
    },
  },
  {
    name: 'one script, hourly',
    moments: (days) => every(hour, 0, days * day),
  },
  {
    name: 'a service every minute, restarted every 2 hours',
    *moments(days) {
      for (const moment of every(minute, 0, days * day)) {
        if (moment.atMs > 0 && moment.atMs % (2 * hour) === 0) yield { ...moment, script: null };
        yield moment;
      }
    },
  },
];

function* every(intervalMs: number, fromMs: number, toMs: number): Iterable<Moment> {
  for (let atMs = fromMs; atMs < toMs; atMs += intervalMs) yield { atMs, script: 0 };
}

import type { Moment } from './usage-patterns.ts';

const minute = 60_000;

/** A script's own way to have a token. */
export interface Policy {
  readonly name: string;
  /** How long a script uses a token, in milliseconds. */
  readonly usableMs: number;
}

/** What scripts do today. Tokens live 45 minutes (docs/auth-api.md). */
export const policies: readonly Policy[] = [
  { name: 'log in for each run', usableMs: 0 },
  { name: 'cache for 30 minutes', usableMs: 30 * minute },
  { name: 'cache until 5 minutes before the end', usableMs: 40 * minute },
  { name: 'renew on 401', usableMs: 45 * minute },
];

/**
 * How many tokens scripts with a policy make. Each script has a cache of its own, which no other sees, and which
 * lasts from run to run: the best case for them. A restart empties it.
 */
export function generationsBy({ usableMs }: Policy, moments: Iterable<Moment>): number {
  const madeAt = new Map<number, number>();
  let generations = 0;
  for (const { atMs, script } of moments) {
    if (script === null) {
      madeAt.clear();
      continue;
    }
    const made = madeAt.get(script);
    if (made !== undefined && atMs - made < usableMs) continue;
    madeAt.set(script, atMs);
    generations += 1;
  }
  return generations;
}

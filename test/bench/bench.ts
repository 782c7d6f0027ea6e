import type { Ratio } from './rounds.ts';

/** A table as it is printed. */
export interface BenchTable {
  /** What is compared with what, how often, and the bound that is wanted. */
  readonly about: readonly string[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** One benchmark; `npm run bench -- NAME` runs it alone. */
export interface Bench {
  readonly name: string;
  readonly title: string;
  /** `note` tells of a row that has to be left out, and why. */
  run(note: (text: string) => void): Promise<BenchTable>;
}

/** A ratio with the middle half of its rounds: `0.93 (0.91–0.95)`. */
export function ratioText({ middle, low, high }: Ratio): string {
  return `${middle.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}

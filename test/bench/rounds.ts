/** Reads each subject once in every round, one after the other: what disturbs the computer disturbs all alike. */
export async function inTurn<Name extends string, Reading>(
  rounds: number,
  subjects: Readonly<Record<Name, () => Reading | Promise<Reading>>>,
): Promise<Record<Name, Reading[]>> {
  const names = Object.keys(subjects) as Name[];
  const readings = Object.fromEntries(names.map((name) => [name, [] as Reading[]])) as Record<
    Name,
    Reading[]
  >;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) readings[name].push(await subjects[name]());
  }
  return readings;
}

/** The value of which `share` (0 to 1) lie below, between the two nearest where none lies there. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  if (below === undefined || above === undefined) throw new RangeError('There is no reading.');
  return below + (above - below) * (at - Math.floor(at));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** A ratio of two subjects, taken round by round; half of all rounds lie between `low` and `high`. */
export interface Ratio {
  readonly middle: number;
  readonly low: number;
  readonly high: number;
}

export function ratioOf(readings: readonly number[], toReadings: readonly number[]): Ratio {
  const ratios = readings.map((reading, round) => reading / (toReadings[round] ?? NaN));
  return { middle: median(ratios), low: quantile(ratios, 0.25), high: quantile(ratios, 0.75) };
}

const minute = 60_000;

/** How many minutes are left when it is said. */
export const saidAt = [10, 2, 0] as const;

/**
 * The mark of minutes that the time left has just passed on its way down; null: none. Both in milliseconds. A jump
 * past several, as after a sleep, says the last alone.
 */
export function crossedMark(before: number, after: number): (typeof saidAt)[number] | null {
  return saidAt.findLast((mark) => before > mark * minute && after <= mark * minute) ?? null;
}

/** RFC 3339, UTC, of epoch milliseconds. */
export function time(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

export function timeOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : time(epochMs);
}

/** A program that listens on a TCP port, as far as the system tells this user. */
export interface Listener {
  /** Without brackets; `0.0.0.0` and `::` are all addresses. */
  readonly address: string;
  readonly pid: number | null;
  /** Its name alone: arguments may hold what nobody else should read. */
  readonly program: string | null;
}

/** A change that breaks one thing, and the tests that should notice. */
export interface Mutant {
  readonly breaks: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
  readonly tests: readonly string[];
  /** Why it may well go unnoticed. */
  readonly explained?: string;
}

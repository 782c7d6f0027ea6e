/** What a call was given. Each command reads what is its own. */
export interface CallOptions {
  readonly home?: string;
  readonly account?: string;
  readonly json?: boolean;
  readonly minTtl?: number;
  readonly curl?: boolean;
  readonly api?: string;
  readonly username?: string;
  readonly passwordStdin?: boolean;
  readonly login?: 'basic' | 'json';
  readonly port?: number;
}

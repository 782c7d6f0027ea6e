/** What a call was given. Each command reads what is its own; `option-forms.ts` says how each is written. */
export interface CallOptions {
  readonly home?: string;
  readonly account?: string;
  readonly json?: boolean;
  /** Seconds. */
  readonly minTtl?: number;
  /** Seconds. */
  readonly wait?: number;
  readonly curl?: boolean;
  readonly api?: string;
  readonly username?: string;
  readonly passwordStdin?: boolean;
  readonly login?: 'basic' | 'json';
  readonly port?: number;
  /** The name of an environment variable. */
  readonly env?: string;
  readonly serve?: boolean;
  readonly rejectedStdin?: boolean;
  /** Seconds back from now. */
  readonly since?: number;
  /** Seconds from now. */
  readonly expires?: number;
  readonly proxyOnly?: boolean;
  /** The words after the command that belong to no option: names, or the command to run with its arguments. */
  readonly operands?: readonly string[];
}

/** What a command does with its options; answers the exit code. */
export type Action = (options: CallOptions) => Promise<number>;

import type { IssuanceCause, KeyStoreName } from '../contract/session-states.ts';
import type { AccountIdentity } from './ports.ts';

/** One line before each POST. Times are epoch milliseconds. */
export interface LedgerIntent extends AccountIdentity {
  readonly id: string;
  readonly at: number;
  readonly account: string;
  readonly request: 'login' | 'refresh';
  readonly protection: KeyStoreName;
  /** The generation of the stored record whose refresh token is sent; for a login, of the record it replaces (0: none). */
  readonly generation: number;
  readonly cause: IssuanceCause;
  readonly tool: string | null;
  /** A person made it when the budget was spent. */
  readonly beyondBudget: boolean;
}

export type LedgerOutcome =
  | { readonly kind: 'issued'; readonly lifetimeMs: number }
  | { readonly kind: 'refused'; readonly reason: 'wrong_credentials' | 'expired' | 'suspended' }
  | { readonly kind: 'too_many'; readonly retryAfterMs: number }
  | { readonly kind: 'unsent' }
  | { readonly kind: 'lost' };

/** An intent with what became of it; `outcome` null: open, because the process died before it knew. */
export interface LedgerEntry {
  readonly intent: LedgerIntent;
  readonly outcome: { readonly at: number; readonly result: LedgerOutcome } | null;
}

/** That a person made an account's session be forgotten here. `at`: epoch milliseconds. */
export interface SignOutLine extends AccountIdentity {
  readonly account: string;
  readonly at: number;
}

/** How often a tool (null: programs with the owner's key) asked for an account within an hour. Epoch milliseconds. */
export interface RequestSum {
  readonly tool: string | null;
  readonly account: string;
  /** The beginning of the hour, local time. */
  readonly hour: number;
  readonly count: number;
  readonly lastAt: number;
}

/** What the ledger remembers of the last 90 days, each list in the order of writing. */
export interface LedgerHistory {
  readonly entries: readonly LedgerEntry[];
  readonly signOuts: readonly SignOutLine[];
  readonly requests: readonly RequestSum[];
}

/** The memory of what was asked of the service. `false`: it could not be written (flushed) or read. */
export interface Ledger {
  /** Null: the file is there and cannot be read. */
  read(): Promise<LedgerHistory | null>;
  appendIntent(intent: LedgerIntent): Promise<boolean>;
  appendOutcome(id: string, at: number, result: LedgerOutcome): Promise<boolean>;
  appendSignOut(line: SignOutLine): Promise<boolean>;
  appendRequests(sums: readonly RequestSum[]): Promise<boolean>;
}

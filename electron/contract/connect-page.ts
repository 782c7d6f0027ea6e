import type { ProblemCode, ProblemReason } from './problems.ts';
import type { SnippetLanguage } from './snippets.ts';

/** What “Connect a tool…” has finished text for. */
export type SnippetKind = SnippetLanguage | 'oauth';

/**
 * What came of “Try it”: the endpoint was asked as the tool would. `token`: it got one, with so many seconds left.
 * `unreachable`: nobody answered at the address. `no_key`: there is no tool to try, as the page was left meanwhile.
 */
export type TriedTool =
  | { readonly kind: 'token'; readonly account: string; readonly expiresInSeconds: number }
  | {
      readonly kind: 'refused';
      readonly code: ProblemCode;
      readonly retryAfterSeconds: number | null;
      readonly reason: ProblemReason | null;
    }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'no_key' };

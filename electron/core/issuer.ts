import type { IssuanceCause, KeyStoreName } from '../contract/session-states.ts';
import type { Clock } from './clock.ts';
import type { IssuanceBudget } from './issuance-budget.ts';
import type { Ledger, LedgerOutcome } from './ledger.ts';
import type { AccountIdentity, ServiceReply } from './ports.ts';
import type { SignInBackoff } from './sign-in-backoff.ts';

export interface IssuerParts {
  readonly identity: AccountIdentity;
  readonly account: string;
  /** Who guards the vault, asked at each request: another vault may have taken its place. */
  readonly keyStore: () => KeyStoreName;
  readonly ledger: Ledger;
  readonly budget: IssuanceBudget;
  readonly backoff: SignInBackoff;
  readonly clock: Clock;
  /** A new id for a line of the ledger, never given twice. */
  readonly newId: () => string;
}

export interface Post {
  readonly request: 'login' | 'refresh';
  /** The generation of the stored record that the request goes out from. */
  readonly generation: number;
  readonly cause: IssuanceCause;
  readonly tool: string | null;
  /** What of the budget it may spend. `beyond`: a person asks, see `IssuanceBudget.askAsPerson`. */
  readonly spends: 'need' | 'comfort' | 'beyond';
  readonly lifetimeMs: number | null;
  /** Asked once more when the intent is written: whether anybody still wants the answer. */
  readonly wanted: () => boolean;
  readonly send: () => Promise<ServiceReply>;
}

/**
 * What came of it. `unrecorded`: nothing was sent, as the ledger took no line. `record` completes the ledger's line;
 * called after the answer is saved.
 */
export type Posted =
  | { readonly kind: 'unrecorded'; readonly waitMs: number }
  | { readonly kind: 'unwanted' }
  | { readonly kind: 'answered'; readonly reply: ServiceReply; readonly record: () => Promise<void> };

/** Asks the service for new tokens: the intent into the ledger first, then one POST, then what came of it. */
export class Issuer {
  readonly #parts: IssuerParts;

  constructor(parts: IssuerParts) {
    this.#parts = parts;
  }

  async post(post: Post): Promise<Posted> {
    const { identity, account, keyStore, ledger, budget, backoff, clock, newId } = this.#parts;
    const id = newId();
    const beyond = post.spends === 'beyond' && budget.isBeyond(post.lifetimeMs);
    const written = await ledger.appendIntent({
      ...identity,
      id,
      at: clock.wallNow(),
      account,
      request: post.request,
      protection: keyStore(),
      generation: post.generation,
      cause: post.cause,
      tool: post.tool,
      beyondBudget: beyond,
    });
    budget.relyOnLedger(written);
    const complete = async (result: LedgerOutcome): Promise<void> => {
      budget.relyOnLedger(await ledger.appendOutcome(id, clock.wallNow(), result));
    };
    if (!post.wanted()) {
      await complete({ kind: 'unsent' });
      return { kind: 'unwanted' };
    }
    if (!written && post.spends !== 'beyond') {
      const waitMs = budget.unrecordedMs();
      if (waitMs > 0) return { kind: 'unrecorded', waitMs };
    }
    budget.spend(id, { beyond });
    const reply = await post.send();
    if (post.request === 'login') backoff.answered(reply);
    if (reply.kind === 'issued') budget.issued(reply.tokens.lifetimeMs);
    if (reply.kind !== 'issued' && reply.kind !== 'lost') budget.giveBack(id);
    if (reply.kind === 'too_many') budget.block(reply.retryAfterMs);
    return { kind: 'answered', reply, record: () => complete(outcomeOf(reply)) };
  }
}

function outcomeOf(reply: ServiceReply): LedgerOutcome {
  switch (reply.kind) {
    case 'issued':
      return { kind: 'issued', lifetimeMs: reply.tokens.lifetimeMs };
    case 'refused':
      return { kind: 'refused', reason: reply.failure.code };
    case 'too_many':
      return { kind: 'too_many', retryAfterMs: reply.retryAfterMs };
    case 'unsent':
      return { kind: 'unsent' };
    case 'lost':
      return { kind: 'lost' };
  }
}

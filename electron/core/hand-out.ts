import { connectionFailure } from '../contract/failures.ts';
import type { TokenRefusal } from '../contract/problems.ts';
import type { Clock } from './clock.ts';
import { withinMs } from './deadline.ts';
import { isGood, leftMs } from './grant.ts';
import { unconnected, type RenewalAnswer, type RenewalPurpose } from './may-renew.ts';
import type { Renewal, RenewalEnd } from './renewal.ts';
import { longestWaitMs, second, timingFor } from './renewal-timing.ts';
import type { AccessToken } from './secret.ts';
import type { SessionCell } from './session-cell.ts';
import { grantIn, isSuspended } from './session-state.ts';
import type { HeldToken, TokenReply } from './token-reply.ts';

export interface HandOutParts {
  readonly account: string;
  /** The base URL of its service. */
  readonly service: string;
  readonly cell: SessionCell;
  readonly renewal: Renewal;
  readonly clock: Clock;
  /** Called at each tool's ask: what is asked for is kept fresh. */
  readonly asked: () => void;
}

/** What a session has for a tool: the good token in hand, whether that is long enough, and whether it may be renewed. */
export interface Prospect {
  readonly held: HeldToken | null;
  readonly longEnough: boolean;
  readonly renewal: RenewalAnswer;
}

/** Hands out one session's token, to tools and to the person, and renews it for them where it must. */
export class HandOut {
  readonly #parts: HandOutParts;

  constructor(parts: HandOutParts) {
    this.#parts = parts;
  }

  /** The good token in hand; null: none. */
  held(): HeldToken | null {
    const { account, service, cell, clock } = this.#parts;
    const grant = grantIn(cell.state);
    if (!grant || !isGood(grant) || isSuspended(cell.state)) return null;
    const left = leftMs(grant);
    const { accessToken } = grant;
    return { account, service, accessToken, leftMs: left, expiresAt: clock.wallNow() + left };
  }

  /** Whether `token` is this session's current one. */
  holds(token: AccessToken): boolean {
    return grantIn(this.#parts.cell.state)?.accessToken.equals(token) ?? false;
  }

  /**
   * A token with at least `minTtlMs` left where service and budget allow (more than half its lifetime is taken as
   * half), a good but shorter one where not. Answers at once when the token in hand will do, else within 20 s.
   */
  token(minTtlMs: number, tool: string | null): TokenReply | Promise<TokenReply> {
    this.#parts.asked();
    const grant = grantIn(this.#parts.cell.state);
    return this.#atLeast(Math.min(minTtlMs, (grant?.lifetimeMs ?? 0) / 2), 'tool', tool);
  }

  /** What `token` would come to now. Nothing is asked for, and nothing is kept fresh. */
  prospect(minTtlMs: number): Prospect {
    const held = this.held();
    const wantedMs = Math.min(minTtlMs, (grantIn(this.#parts.cell.state)?.lifetimeMs ?? 0) / 2);
    const longEnough = held !== null && held.leftMs >= wantedMs;
    return { held, longEnough, renewal: this.#parts.renewal.answerNow('tool') };
  }

  /** The same for a person who copies it, with some minutes left to use it. A copy keeps nothing fresh. */
  personsToken(): TokenReply | Promise<TokenReply> {
    const grant = grantIn(this.#parts.cell.state);
    return this.#atLeast(timingFor(grant?.lifetimeMs ?? 0).copyMs, 'person', null);
  }

  /** The API refused `rejected`, which is this session's current token or an earlier one. */
  reportRejected(rejected: AccessToken, tool: string | null): TokenReply | Promise<TokenReply> {
    const { cell } = this.#parts;
    const grant = grantIn(cell.state);
    if (!grant?.accessToken.equals(rejected)) return this.token(0, tool);
    this.#parts.asked();
    if (isSuspended(cell.state)) return refused({ code: 'suspended' });
    const held = this.held();
    const young = grant.cause === 'rejected' && grant.age.ms() < timingFor(grant.lifetimeMs).rejectedAgainMs;
    if (held && young) return { kind: 'token', token: held };
    return this.#byRenewal('rejected', tool, () => {
      const other = this.held();
      return other?.accessToken.equals(rejected) ? null : other;
    });
  }

  /**
   * A new token because the person wants one now. `evenOverBudget`: they were asked, and know what it risks; see
   * `IssuanceBudget.askAsPerson`.
   */
  renewNow({ evenOverBudget }: { readonly evenOverBudget: boolean }): Promise<RenewalEnd> {
    return this.#parts.renewal.ask('person', null, { evenOverBudget });
  }

  #atLeast(wantedMs: number, purpose: RenewalPurpose, tool: string | null): TokenReply | Promise<TokenReply> {
    if (isSuspended(this.#parts.cell.state)) return refused({ code: 'suspended' });
    const held = this.held();
    if (held && held.leftMs >= wantedMs) return { kind: 'token', token: held };
    return this.#byRenewal(purpose, tool, () => this.held());
  }

  async #byRenewal(
    purpose: RenewalPurpose,
    tool: string | null,
    inHand: () => HeldToken | null,
  ): Promise<TokenReply> {
    const { clock, renewal } = this.#parts;
    const end = await withinMs(clock, longestWaitMs, renewal.ask(purpose, tool));
    const token = inHand();
    if (token) return { kind: 'token', token };
    if (end !== null && !end.ok) return refused(end.refusal);
    return refused(end === null ? this.#noAnswer() : this.#nothingNew(purpose));
  }

  /** Why a renewal that succeeded left nothing to hand out. */
  #nothingNew(purpose: RenewalPurpose): TokenRefusal {
    if (purpose === 'rejected' && this.held())
      return { code: 'service_error', failure: { code: 'same_token' } };
    // Signed out since, or the answer came so late that the new token was over before it could be handed out.
    return grantIn(this.#parts.cell.state) === null ? { code: 'signed_out' } : this.#noAnswer();
  }

  /** The service has not answered in time; the request goes on. */
  #noAnswer(): TokenRefusal {
    const { service, clock } = this.#parts;
    const host = service.replace(/^https?:\/\/([^/]*).*$/, '$1');
    return unconnected(connectionFailure(host, 'timeout', clock.wallNow()), second);
  }
}

function refused(refusal: TokenRefusal): TokenReply {
  return { kind: 'refused', refusal };
}

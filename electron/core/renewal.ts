import type { ProblemReason, TokenRefusal } from '../contract/problems.ts';
import { succeeded } from '../contract/result.ts';
import { Elapsed, type Clock, type Random } from './clock.ts';
import { grantOf, leftMs, type Grant } from './grant.ts';
import type { IssuanceBudget } from './issuance-budget.ts';
import type { Issuer, Post } from './issuer.ts';
import {
  held,
  mayRenew,
  notBefore,
  unconnected,
  type RenewalAnswer,
  type RenewalPurpose,
} from './may-renew.ts';
import type { AccountIdentity, AuthService, IssuedTokens, ServiceReply } from './ports.ts';
import { second, timingFor, waitAfterLossMs, waitAfterUnsentMs } from './renewal-timing.ts';
import type { SessionCell } from './session-cell.ts';
import { causeIn, grantIn, lossesIn, unsentIn, type Renewing, type SessionEvent } from './session-state.ts';
import type { SessionStore } from './session-store.ts';
import type { SignInBackoff } from './sign-in-backoff.ts';
import type { WakeWatch } from './wake-watch.ts';

export interface SessionParts {
  readonly identity: AccountIdentity;
  readonly service: AuthService;
  readonly store: SessionStore;
  readonly issuer: Issuer;
  readonly budget: IssuanceBudget;
  readonly backoff: SignInBackoff;
  readonly wake: WakeWatch;
  readonly clock: Clock;
  readonly random: Random;
}

/** Why nothing is asked of the service for now, and until when (epoch milliseconds); null: until somebody asks. */
export interface Hold {
  readonly reason: ProblemReason;
  readonly until: number | null;
}

/** How a renewal ended: with a token to hand out, or with what whoever asked is told. */
export type RenewalEnd = { readonly ok: true } | { readonly ok: false; readonly refusal: TokenRefusal };

const stopping: TokenRefusal = { code: 'offline', retryAfterSeconds: 1, failure: { code: 'stopping' } };

/** Renews the session, one request at a time: everyone who asks meanwhile gets the same end. */
export class Renewal {
  readonly #cell: SessionCell;
  readonly #parts: SessionParts;
  #current: Promise<RenewalEnd> | null = null;

  constructor(cell: SessionCell, parts: SessionParts) {
    this.#cell = cell;
    this.#parts = parts;
  }

  /**
   * Renews if the rules allow it now, or waits for the renewal under way. Over within about 15 s.
   * `evenOverBudget`: the person insists, see `IssuanceBudget.askAsPerson`.
   */
  async ask(
    purpose: RenewalPurpose,
    tool: string | null,
    { evenOverBudget = false } = {},
  ): Promise<RenewalEnd> {
    for (;;) {
      if (this.#cell.closed) return { ok: false, refusal: stopping };
      const answer = this.#mayRenew(purpose, evenOverBudget);
      if (answer.kind === 'not_now') return { ok: false, refusal: answer.refusal };
      if (this.#current) return this.#current;
      // A request that nobody waits for any more (a cancelled sign-in, say) is still the one that is allowed.
      if (!this.#cell.flight) break;
      await this.#cell.flight;
    }
    this.#cell.apply({ type: 'renewal_started' });
    const { state } = this.#cell;
    if (state.name !== 'renewing') return { ok: false, refusal: { code: 'signed_out' } };
    const renewal = this.#cell.fly(() =>
      this.#renew(state, { purpose, tool, spends: evenOverBudget ? 'beyond' : this.#need() }),
    );
    this.#current = renewal;
    void renewal.finally(() => {
      if (this.#current === renewal) this.#current = null;
    });
    return renewal;
  }

  /** What `ask` would do now, without doing it. */
  answerNow(purpose: RenewalPurpose): RenewalAnswer {
    return this.#mayRenew(purpose, false);
  }

  /** Why the service is not asked for a tool now, though nothing is for a person to do; null: it is, or something is. */
  hold(): Hold | null {
    const { state } = this.#cell;
    const { clock, wake, budget } = this.#parts;
    const now = clock.wallNow();
    const answer = mayRenew({
      state,
      purpose: 'tool',
      settlingMs: wake.settlingMs(),
      blockedMs: 0,
      unrecordedMs: budget.unrecordedMs(),
      budget: { ok: true },
      now,
    });
    if (answer.kind === 'not_now' && answer.refusal.reason !== undefined) {
      const { reason, retryAfterSeconds = 0 } = answer.refusal;
      return { reason, until: now + retryAfterSeconds * second };
    }
    const reason = causeIn(state);
    return reason === null ? null : { reason, until: null };
  }

  #mayRenew(purpose: RenewalPurpose, evenOverBudget: boolean): RenewalAnswer {
    const { wake, budget, clock } = this.#parts;
    const { state } = this.#cell;
    wake.look();
    const lifetimeMs = grantIn(state)?.lifetimeMs ?? null;
    return mayRenew({
      state,
      purpose,
      settlingMs: wake.settlingMs(),
      blockedMs: budget.blockedMs(),
      unrecordedMs: evenOverBudget ? 0 : budget.unrecordedMs(),
      budget: evenOverBudget
        ? budget.askAsPerson(lifetimeMs)
        : budget.ask(this.#need() === 'need', lifetimeMs),
      now: clock.wallNow(),
    });
  }

  /** Which half of the day's budget may be spent. */
  #need(): 'need' | 'comfort' {
    const grant = grantIn(this.#cell.state);
    const inNeed = grant === null || leftMs(grant) < timingFor(grant.lifetimeMs).needMs;
    return inNeed ? 'need' : 'comfort';
  }

  async #renew(
    renewing: Renewing,
    { purpose, tool, spends }: Pick<Post, 'tool' | 'spends'> & { readonly purpose: RenewalPurpose },
  ): Promise<RenewalEnd> {
    const { identity, service, store, issuer, clock } = this.#parts;
    const { grant } = renewing;
    const current = this.#cell.fence();
    const posted = await issuer.post({
      request: 'refresh',
      generation: store.generation,
      cause: purpose,
      tool,
      spends,
      lifetimeMs: grant.lifetimeMs,
      wanted: current,
      send: () => service.refresh(identity.service, grant.refreshToken),
    });
    if (posted.kind === 'unwanted') return { ok: false, refusal: { code: 'signed_out' } };
    const step =
      posted.kind === 'unrecorded'
        ? putOff(held('store', posted.waitMs, clock.wallNow()))
        : posted.reply.kind === 'issued'
          ? await this.#keep(posted.reply.tokens, grant, purpose, current)
          : this.#turnedDown(posted.reply, renewing);
    if (posted.kind === 'answered') await posted.record();
    if (step.event.type === 'refused' && current()) {
      // The ledger knows of the refusal already, so a vault that cannot be written now loses nothing.
      await store.save(grant, step.event.reason);
    }
    if (!current()) return { ok: false, refusal: { code: 'signed_out' } };
    this.#cell.apply(step.event);
    return step.end;
  }

  /** Saves the answer, which comes before everything else that is done with it. */
  async #keep(
    tokens: IssuedTokens,
    old: Grant,
    purpose: RenewalPurpose,
    current: () => boolean,
  ): Promise<Step> {
    const grant = grantOf(tokens, old.refreshToken, purpose, this.#parts.clock) ?? old;
    // After a sign-out the answer is dropped: what is deleted stays deleted.
    const saved = current() ? await this.#parts.store.save(grant, null) : succeeded(null);
    return {
      event: saved.ok ? { type: 'saved', grant } : { type: 'not_saved', grant, failure: saved.failure },
      end: { ok: true },
    };
  }

  #turnedDown(reply: Exclude<ServiceReply, { kind: 'issued' }>, { from, grant }: Renewing): Step {
    const { clock, random } = this.#parts;
    const since = Elapsed.fromNow(clock);
    switch (reply.kind) {
      case 'refused': {
        const suspended = reply.failure.code === 'suspended';
        return {
          event: { type: 'refused', reason: suspended ? 'suspended' : 'expired' },
          end: { ok: false, refusal: { code: suspended ? 'suspended' : 'signed_out' } },
        };
      }
      case 'too_many':
        return putOff(notBefore('rate_limited', reply.retryAfterMs));
      case 'unsent': {
        const forMs = waitAfterUnsentMs(unsentIn(from) + 1, random());
        return {
          event: { type: 'renewal_unsent', since, forMs, failure: reply.failure },
          end: { ok: false, refusal: unconnected(reply.failure, forMs) },
        };
      }
      case 'lost': {
        const forMs = waitAfterLossMs(lossesIn(from) + 1, grant.lifetimeMs);
        const { failure } = reply;
        // Whoever came in trouble learns of the trouble; whoever came in a good state, what happened.
        const refusal: TokenRefusal =
          from.name === 'active' && failure.code !== 'offline'
            ? { code: 'service_error' }
            : { ...notBefore('offline', forMs), reason: 'uncertain' };
        return {
          event: { type: 'renewal_lost', since, forMs },
          end: { ok: false, refusal: { ...refusal, failure } },
        };
      }
    }
  }
}

/** What a renewal comes to: the event for the session, and the end for whoever asked. */
interface Step {
  readonly event: SessionEvent;
  readonly end: RenewalEnd;
}

function putOff(refusal: TokenRefusal): Step {
  return { event: { type: 'renewal_put_off' }, end: { ok: false, refusal } };
}

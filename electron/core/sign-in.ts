import type { Failure, SessionFailure } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import { grantOf, leftMs } from './grant.ts';
import type { Credentials, ServiceReply } from './ports.ts';
import type { SessionParts } from './renewal.ts';
import type { SessionCell } from './session-cell.ts';
import { grantIn, type SessionState } from './session-state.ts';

/** `already`: the session still works, so nothing was asked of the service. */
export interface SignedIn {
  readonly already: boolean;
}

export type SignInResult = Result<SignedIn, Failure>;

/**
 * Who wants the sign-in. A `person` typed the password at a window or a terminal, and may go beyond the budget
 * (`IssuanceBudget.askAsPerson`). A `program` sent it, and an `agent` had it at its start: both obey the budget, and
 * an agent that is restarted asks for no account that is known to be suspended.
 */
export type SignInBy = 'person' | 'program' | 'agent';

interface Attempt {
  readonly credentials: Credentials;
  readonly by: SignInBy;
  readonly end: (result: SignInResult) => void;
  cancelled: boolean;
  /** The answer has come and is being saved: too late for a Cancel. */
  saving: boolean;
}

/** Signs in by password: one attempt after the other, each one POST at most. */
export class SignIn {
  readonly #cell: SessionCell;
  readonly #parts: SessionParts;
  readonly #attempts = new Set<Attempt>();
  #line: Promise<void> = Promise.resolve();

  constructor(cell: SessionCell, parts: SessionParts) {
    this.#cell = cell;
    this.#parts = parts;
  }

  /**
   * Waits until an earlier request is over, even one that nobody waits for any more, and then signs in. A session
   * that works by then is not signed in again.
   */
  start(credentials: Credentials, by: SignInBy): Promise<SignInResult> {
    const unsendable = whyUnsendable(credentials);
    if (unsendable) return Promise.resolve(failed(unsendable));
    if (works(this.#cell.state)) return Promise.resolve(succeeded({ already: true }));
    const { promise, resolve } = Promise.withResolvers<SignInResult>();
    const attempt: Attempt = { credentials, by, end: resolve, cancelled: false, saving: false };
    this.#attempts.add(attempt);
    this.#cell.apply({ type: 'sign_in_started' });
    this.#line = this.#line.then(async () => {
      if (!attempt.cancelled) attempt.end(await this.#attempt(attempt));
      this.#attempts.delete(attempt);
    });
    return promise;
  }

  /**
   * Ends all attempts for whoever waits; a request under way goes on, and its answer is dropped and counted. An
   * answer that is being saved is past a Cancel; a sign-out (`evenSaving`) deletes afterwards what was saved.
   */
  cancel({ evenSaving = false } = {}): void {
    const attempts = [...this.#attempts].filter(({ saving }) => evenSaving || !saving);
    for (const attempt of attempts) {
      attempt.cancelled = true;
      attempt.end(failed({ code: 'cancelled' }));
    }
    if (attempts.length === this.#attempts.size) this.#cell.apply({ type: 'sign_in_ended' });
  }

  async #attempt(attempt: Attempt): Promise<SignInResult> {
    const gone = () => attempt.cancelled;
    while (this.#cell.flight) await this.#cell.flight;
    if (gone() || this.#cell.closed) return failed({ code: 'cancelled' });
    const state = this.#cell.state;
    if (works(state)) return succeeded({ already: true });
    // From here on nothing is renewed, so that no other request begins while this one is prepared.
    this.#cell.apply({ type: 'sign_in_started' });
    const hindrance = await this.#hindrance(state, attempt.by);
    // Cancelled while we looked: the state has moved on by then.
    if (gone()) return failed({ code: 'cancelled' });
    if (hindrance) {
      this.#cell.apply({ type: 'sign_in_ended' });
      return failed(hindrance);
    }
    return this.#cell.fly(() => this.#request(attempt));
  }

  /** What stands against a sign-in before anything is sent; null: nothing. */
  async #hindrance(state: SessionState, by: SignInBy): Promise<Failure | null> {
    const { backoff, budget, clock, store } = this.#parts;
    const from = state.name === 'signing_in' ? state.from : state;
    if (from.name === 'locked') return from.failure;
    if (by === 'agent' && from.name === 'suspended') return { code: 'suspended' };
    const blockedMs = budget.blockedMs();
    if (blockedMs > 0) return { code: 'rate_limited', retryAt: clock.wallNow() + blockedMs };
    const refusedMs = backoff.waitMs();
    if (refusedMs > 0) return { code: 'sign_in_backoff', retryAt: clock.wallNow() + refusedMs };
    const unrecordedMs = by === 'person' ? 0 : budget.unrecordedMs();
    if (unrecordedMs > 0) return unrecorded(clock.wallNow() + unrecordedMs);
    const lifetimeMs = grantIn(from)?.lifetimeMs ?? null;
    const answer = by === 'person' ? budget.askAsPerson(lifetimeMs) : budget.ask(true, lifetimeMs);
    if (!answer.ok) return { code: 'budget_exhausted', retryAt: clock.wallNow() + answer.waitMs };
    const writable = await store.check();
    return writable.ok ? null : writable.failure;
  }

  async #request(attempt: Attempt): Promise<SignInResult> {
    const { clock, identity, issuer, service, store } = this.#parts;
    const { credentials, by } = attempt;
    const wanted = () => !attempt.cancelled;
    const posted = await issuer.post({
      request: 'login',
      generation: store.generation,
      cause: 'sign_in',
      tool: null,
      spends: by === 'person' ? 'beyond' : 'need',
      lifetimeMs: grantIn(this.#cell.state)?.lifetimeMs ?? null,
      wanted,
      send: () => service.logIn(identity.service, credentials),
    });
    if (posted.kind === 'unwanted') return failed({ code: 'cancelled' });
    if (posted.kind === 'unrecorded') {
      this.#cell.apply({ type: 'sign_in_ended' });
      return failed(unrecorded(clock.wallNow() + posted.waitMs));
    }
    const result = wanted() ? await this.#take(posted.reply, attempt) : null;
    await posted.record();
    return result ?? failed({ code: 'cancelled' });
  }

  async #take(reply: ServiceReply, attempt: Attempt): Promise<SignInResult> {
    const { clock, store } = this.#parts;
    if (reply.kind !== 'issued') {
      const suspended = reply.kind === 'refused' && reply.failure.code === 'suspended';
      if (suspended && store.generation > 0) await store.save(grantIn(this.#cell.state), 'suspended');
      if (!attempt.cancelled) this.#cell.apply({ type: suspended ? 'sign_in_suspended' : 'sign_in_ended' });
      return failed(failureOf(reply, clock.wallNow()));
    }
    const grant = grantOf(reply.tokens, null, 'sign_in', clock);
    if (!grant) {
      this.#cell.apply({ type: 'sign_in_ended' });
      return failed({ code: 'unreadable_answer', missing: 'refresh_token' });
    }
    store.form = attempt.credentials.form;
    attempt.saving = true;
    const saved = await store.replace(grant);
    if (attempt.cancelled) return failed({ code: 'cancelled' });
    this.#cell.apply(
      saved.ok ? { type: 'saved', grant } : { type: 'not_saved', grant, failure: saved.failure },
    );
    return succeeded({ already: false });
  }
}

/** Whether there is a session that needs no password to go on. */
export function works(state: SessionState): boolean {
  switch (state.name) {
    case 'active':
    case 'offline':
    case 'not_saved':
      return true;
    case 'uncertain':
      return leftMs(state.grant) > 0;
    case 'renewing':
      return works(state.from);
    case 'locked':
      return state.grant !== null;
    case 'signed_out':
    case 'signing_in':
    case 'needs_sign_in':
    case 'suspended':
      return false;
  }
}

function unrecorded(retryAt: number): Failure {
  return { code: 'offline', reason: 'store', retryAt };
}

function whyUnsendable({ username, password, form }: Credentials): Failure | null {
  if (username === '') return { code: 'empty_username' };
  if (password.reveal() === '') return { code: 'empty_password' };
  // What cannot be UTF-8 would be sent as U+FFFD, and a NUL ends a text early in many a service.
  if (!isText(username)) return { code: 'username_not_text' };
  if (!isText(password.reveal())) return { code: 'password_not_text' };
  // RFC 7617 §2: the colon ends the user-id.
  if (form === 'basic' && username.includes(':')) return { code: 'username_with_colon' };
  return null;
}

function isText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function failureOf(reply: Exclude<ServiceReply, { kind: 'issued' }>, now: number): SessionFailure {
  return reply.kind === 'too_many'
    ? { code: 'rate_limited', retryAt: now + reply.retryAfterMs }
    : reply.failure;
}

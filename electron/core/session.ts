import type { Failure } from '../contract/failures.ts';
import { succeeded, type Result } from '../contract/result.ts';
import type { LoginForm } from '../contract/wire.ts';
import { endOfWait } from './clock.ts';
import type { Grant } from './grant.ts';
import { HandOut } from './hand-out.ts';
import type { Ledger } from './ledger.ts';
import type { AccountIdentity, Credentials, VaultRecord } from './ports.ts';
import { Renewal, type Hold, type SessionParts } from './renewal.ts';
import { SessionCell } from './session-cell.ts';
import { grantIn, type Resting, type SessionState } from './session-state.ts';
import { notRemoved } from './session-store.ts';
import { SignIn, type SignInBy, type SignInResult } from './sign-in.ts';
import { Upkeep, type UpkeepParts } from './upkeep.ts';

export interface SessionOptions extends SessionParts, UpkeepParts {
  readonly account: string;
  readonly ledger: Ledger;
  /** Called after each change of state. */
  readonly changed: (state: SessionState) => void;
}

/** One account's session: who may have its token, when it is renewed, how it begins and ends. */
export class Session {
  readonly account: string;
  readonly identity: AccountIdentity;
  readonly #options: SessionOptions;
  readonly #cell: SessionCell;
  readonly #renewal: Renewal;
  readonly #signIn: SignIn;
  readonly #upkeep: Upkeep;
  /** Who gets the token, and what is renewed for it. */
  readonly handOut: HandOut;

  constructor(options: SessionOptions) {
    this.account = options.account;
    this.identity = options.identity;
    this.#options = options;
    this.#cell = new SessionCell(options.changed);
    this.#renewal = new Renewal(this.#cell, options);
    this.#upkeep = new Upkeep(this.#cell, this.#renewal, options);
    this.#signIn = new SignIn(this.#cell, options);
    this.handOut = new HandOut({
      account: this.account,
      service: this.identity.service,
      cell: this.#cell,
      renewal: this.#renewal,
      clock: options.clock,
      asked: () => this.#upkeep.asked(),
    });
  }

  get state(): SessionState {
    return this.#cell.state;
  }

  /** Takes up what was stored: at start, and once a locked key store opens. */
  restore(stored: VaultRecord, state: Resting): void {
    this.#options.store.found(stored.generation);
    this.#options.store.form = stored.record.form;
    this.#cell.apply({ type: 'restored', state });
  }

  /** Takes up a state that is known from elsewhere than a record: the ledger's memory, or a vault that is locked. */
  become(state: Resting): void {
    this.#cell.apply({ type: 'restored', state });
  }

  /** Whether nothing is left of it: signed out, and no request under way. */
  isForgotten(): boolean {
    return this.state.name === 'signed_out' && this.#cell.flight === null;
  }

  /** Starts nothing more at the service: the program ends. */
  close(): void {
    this.#cell.close();
  }

  signIn(credentials: Credentials, by: SignInBy): Promise<SignInResult> {
    return this.#signIn.start(credentials, by);
  }

  /** Ends a sign-in under way for whoever waits. A renewal that it waits for goes on, and its answer is kept. */
  cancelSignIn(): void {
    this.#signIn.cancel();
  }

  /** Forgets the session here; the service has no call for it. What is still on its way is dropped. */
  async signOut(): Promise<Result<null, Failure>> {
    const { account, clock, identity, ledger, store } = this.#options;
    this.#cell.moveOn();
    this.#signIn.cancel({ evenSaving: true });
    this.#cell.apply({ type: 'signed_out' });
    await ledger.appendSignOut({ ...identity, account, at: clock.wallNow() });
    const removed = await store.remove();
    this.#upkeep.signedOut(removed.ok);
    return removed.ok ? succeeded(null) : notRemoved(removed.failure);
  }

  /** Does what is due by itself. */
  tick(): Promise<void> {
    return this.#upkeep.tick();
  }

  /** Milliseconds until `tick` has something to do; Infinity: nothing. */
  dueInMs(): number {
    return this.#upkeep.dueInMs();
  }

  /** Tries once more to save an answer that is not saved yet. */
  saveAgain(): Promise<void> {
    return this.#upkeep.saveAgain();
  }

  /** Saves the session into a vault that has just taken the place of another; one that works shows where that fails. */
  async keepInNewVault(): Promise<void> {
    while (this.#cell.flight) await this.#cell.flight;
    const { state } = this;
    const grant = grantIn(state);
    if (!grant) return;
    const current = this.#cell.fence();
    const refusal =
      state.name === 'suspended' ? 'suspended' : state.name === 'needs_sign_in' ? 'expired' : null;
    const saved = await this.#cell.fly(() => this.#options.store.replace(grant, refusal));
    if (saved.ok || !current() || this.state !== state || state.name !== 'active') return;
    this.#cell.apply({ type: 'not_saved', grant, failure: saved.failure });
  }

  /** Waits until the request to the service that is under way, if any, is over and its answer kept. */
  async settled(): Promise<void> {
    await this.#cell.flight;
  }

  /** When the timer will renew, in epoch milliseconds; null: nobody wants it. */
  nextRenewalAt(): number | null {
    const due = this.state.name === 'active' || this.state.name === 'offline' ? this.dueInMs() : Infinity;
    return Number.isFinite(due) ? this.#options.clock.wallNow() + due : null;
  }

  grant(): Grant | null {
    return grantIn(this.state);
  }

  /** How the account signs in, unless a sign-in says otherwise. */
  get form(): LoginForm {
    return this.#options.store.form;
  }

  /** Why nothing is asked of the service for a tool now; null: it may be, or a person has to act. */
  hold(): Hold | null {
    return this.#renewal.hold();
  }

  /** When a token may be asked for though it cannot be recorded, in epoch milliseconds; null: now, or it can be. */
  unrecordedUntil(): number | null {
    const { budget, clock } = this.#options;
    return endOfWait(budget.unrecordedMs(), clock);
  }

  /** When the service's own “too many” is over, in epoch milliseconds; null: it is. */
  rateLimitedUntil(): number | null {
    const { budget, clock } = this.#options;
    return endOfWait(budget.blockedMs(), clock);
  }

  /** New tokens of the last 24 hours; `nextAt` in epoch milliseconds, null: one is possible now. */
  budget(): { used: number; limit: number; nextAt: number | null } {
    const { budget, clock } = this.#options;
    const { used, limit, waitMs } = budget.report(this.grant()?.lifetimeMs ?? null);
    return { used, limit, nextAt: endOfWait(waitMs, clock) };
  }
}

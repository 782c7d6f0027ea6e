import { Elapsed, type Clock, type Random } from './clock.ts';
import { leftMs } from './grant.ts';
import type { Renewal } from './renewal.ts';
import { minute, second, timingFor } from './renewal-timing.ts';
import type { SessionCell } from './session-cell.ts';
import { grantIn, isDenied, waitLeftMs } from './session-state.ts';
import type { SessionStore } from './session-store.ts';

export interface UpkeepParts {
  readonly store: SessionStore;
  readonly clock: Clock;
  readonly random: Random;
  /** Whether a fresh token is kept ready though nobody asks. */
  readonly alwaysFresh: () => boolean;
}

/** What a session does by itself: renew what is in use, save what is not saved, delete what is not deleted. */
export class Upkeep {
  readonly #cell: SessionCell;
  readonly #renewal: Renewal;
  readonly #parts: UpkeepParts;
  /** When a tool asked last: in memory only, so that after a restart nothing is wanted until somebody asks. */
  #lastAsk: Elapsed | null = null;
  /** The wait between two tries to write to the vault. */
  #retry: { readonly since: Elapsed; readonly forMs: number } | null = null;
  #removalDue = false;
  /** Spreads the timers of many computers by a tenth either way. */
  readonly #jitter: number;

  constructor(cell: SessionCell, renewal: Renewal, parts: UpkeepParts) {
    this.#cell = cell;
    this.#renewal = renewal;
    this.#parts = parts;
    this.#jitter = 0.9 + 0.2 * parts.random();
  }

  asked(): void {
    this.#lastAsk = Elapsed.fromNow(this.#parts.clock);
  }

  signedOut(removed: boolean): void {
    this.#lastAsk = null;
    this.#removalDue = !removed;
  }

  async tick(): Promise<void> {
    if (this.dueInMs() > 0) return;
    const { state } = this.#cell;
    if (state.name === 'active' || state.name === 'offline') await this.#renewal.ask('timer', null);
    else if (state.name === 'not_saved' || state.name === 'locked') await this.saveAgain();
    else await this.#removeAgain();
  }

  /** Milliseconds until `tick` has something to do; Infinity: nothing. */
  dueInMs(): number {
    const { state } = this.#cell;
    switch (state.name) {
      case 'active':
        return this.#wanted() ? this.#timerDueInMs() : Infinity;
      case 'offline':
        return this.#wanted() ? waitLeftMs(state.wait) : Infinity;
      case 'not_saved':
        return this.#retryInMs();
      case 'locked':
        return state.grant && !isDenied(state.failure) ? this.#retryInMs() : Infinity;
      case 'signed_out':
        return this.#removalDue ? this.#retryInMs() : Infinity;
      default:
        return Infinity;
    }
  }

  /** Tries once more to save an answer that is not saved; nothing to do where there is none. */
  async saveAgain(): Promise<void> {
    const { state } = this.#cell;
    if ((state.name !== 'not_saved' && state.name !== 'locked') || !state.grant) return;
    const { grant } = state;
    this.#waitLonger();
    const current = this.#cell.fence();
    const saved = await this.#parts.store.save(grant, null);
    // Signed out, or another answer came: this one is no longer the session's.
    if (!current() || grantIn(this.#cell.state) !== grant) return;
    if (saved.ok) this.#retry = null;
    this.#cell.apply(
      saved.ok ? { type: 'saved', grant } : { type: 'not_saved', grant, failure: saved.failure },
    );
  }

  async #removeAgain(): Promise<void> {
    this.#waitLonger();
    this.#removalDue = !(await this.#parts.store.remove()).ok;
    if (!this.#removalDue) this.#retry = null;
  }

  #wanted(): boolean {
    const { inUseMs } = timingFor(grantIn(this.#cell.state)?.lifetimeMs ?? 0);
    return (this.#lastAsk !== null && this.#lastAsk.ms() < inUseMs) || this.#parts.alwaysFresh();
  }

  #timerDueInMs(): number {
    const grant = grantIn(this.#cell.state);
    if (!grant) return Infinity;
    return Math.max(leftMs(grant) - timingFor(grant.lifetimeMs).timerThresholdMs * this.#jitter, 0);
  }

  #retryInMs(): number {
    return this.#retry ? Math.max(this.#retry.forMs - this.#retry.since.ms(), 0) : 0;
  }

  #waitLonger(): void {
    const forMs = Math.min((this.#retry?.forMs ?? 2.5 * second) * 2, minute);
    this.#retry = { since: Elapsed.fromNow(this.#parts.clock), forMs };
  }
}

import { transition, type SessionEvent, type SessionState } from './session-state.ts';

/**
 * What the parts of one session share: its state behind one setter, the request that is under way, and a fence
 * that tells a late answer that nobody waits for it any more.
 */
export class SessionCell {
  #state: SessionState = { name: 'signed_out' };
  #epoch = 0;
  #closed = false;
  #flight: Promise<unknown> | null = null;
  readonly #changed: (state: SessionState) => void;

  /** `changed` is called after each change of state. */
  constructor(changed: (state: SessionState) => void) {
    this.#changed = changed;
  }

  get state(): SessionState {
    return this.#state;
  }

  apply(event: SessionEvent): void {
    const next = transition(this.#state, event);
    if (next === this.#state) return;
    this.#state = next;
    this.#changed(next);
  }

  /** Answers whether the session is still the one that this was called in: no sign-out or Cancel since. */
  fence(): () => boolean {
    const epoch = this.#epoch;
    return () => epoch === this.#epoch;
  }

  /** Closes all fences: answers still to come are dropped. */
  moveOn(): void {
    this.#epoch += 1;
  }

  /** No request is started from now on. */
  close(): void {
    this.#closed = true;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The request to the service that is under way, wanted or not; null: none. Never rejects, as no port does. */
  get flight(): Promise<unknown> | null {
    return this.#flight;
  }

  /** Runs `request` as the one under way. To be called only while there is no other. */
  fly<Value>(request: () => Promise<Value>): Promise<Value> {
    const flight = request();
    this.#flight = flight;
    void flight.finally(() => {
      if (this.#flight === flight) this.#flight = null;
    });
    return flight;
  }
}

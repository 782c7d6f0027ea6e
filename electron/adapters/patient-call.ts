/**
 * Calls that may have to wait for a person at a prompt. Each is waited for as long as `patienceMs`; it goes on after
 * that, and whoever asks for the same next gets its answer instead of starting another. Something else is begun only
 * when it is over: never are there two prompts.
 */
export class PatientCall<Answer> {
  readonly #patienceMs: number;
  #flight: { readonly what: string; readonly answer: Promise<Answer> } | null = null;

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  /** The answer; null: none came in time. `what`: which calls are the same. `start` must never reject. */
  async answer(what: string, start: () => Promise<Answer>): Promise<Answer | null> {
    const other = this.#flight;
    if (other !== null && other.what !== what && (await this.#inTime(other)) === null) return null;
    const flight = (this.#flight ??= { what, answer: start() });
    return this.#inTime(flight);
  }

  async #inTime(flight: { readonly answer: Promise<Answer> }): Promise<Answer | null> {
    // While somebody waits, this timer alone keeps the process alive; what is waited for may not.
    const { promise: outOfPatience, resolve: lose } = Promise.withResolvers<null>();
    const timer = setTimeout(() => lose(null), this.#patienceMs);
    const answer = await Promise.race([flight.answer, outOfPatience]);
    clearTimeout(timer);
    if (answer !== null && this.#flight === flight) this.#flight = null;
    return answer;
  }
}

/** Runs calls one after another in the order they came, however long each takes and whether or not it fails. */
export class CallQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<Value>(call: () => Promise<Value>): Promise<Value> {
    const answer = this.#last.then(call);
    this.#last = answer.catch(() => undefined);
    return answer;
  }
}

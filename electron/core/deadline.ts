import type { Clock } from './clock.ts';

/** The promise's value, or null if it takes longer than `ms` milliseconds. The promise is to never reject. */
export function withinMs<Value>(clock: Clock, ms: number, promise: Promise<Value>): Promise<Value | null> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(ms, () => resolve(null));
    void promise.then((end) => {
      cancel();
      resolve(end);
    });
  });
}

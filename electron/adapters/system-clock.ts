import { safeDelayMs, type Clock } from '../core/clock.ts';

/** This computer's time. Its timers keep the process alive until they fire or are cancelled. */
export const systemClock: Clock = {
  wallNow: () => Date.now(),
  monotonicNow: () => performance.now(),
  schedule(delayMs, work) {
    // setTimeout fires after 1 ms where a delay is NaN or above 2^31 - 1 ms.
    const timer = setTimeout(work, safeDelayMs(delayMs));
    return () => clearTimeout(timer);
  },
};

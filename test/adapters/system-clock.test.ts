import { describe, expect, it } from 'vitest';
import { systemClock } from '../../electron/adapters/system-clock.ts';

const sleep = (delayMs: number) => new Promise<void>((resolve) => systemClock.schedule(delayMs, resolve));

describe('the system’s clock', () => {
  it('calls the work once, after the delay', async () => {
    const start = systemClock.monotonicNow();
    await sleep(30);
    expect(systemClock.monotonicNow() - start).toBeGreaterThanOrEqual(29);
    expect(Math.abs(systemClock.wallNow() - Date.now())).toBeLessThan(1000);
  });

  it('does not call work that was cancelled, and a late cancel does no harm', async () => {
    let calls = 0;
    const cancel = systemClock.schedule(1, () => (calls += 1));
    cancel();
    await sleep(20);
    expect(calls).toBe(0);
    cancel();
  });

  it.each([2 ** 31, 1e12, Infinity])('S13 does not call at once what is due in %d ms', async (delayMs) => {
    let calls = 0;
    const cancel = systemClock.schedule(delayMs, () => (calls += 1));
    await sleep(20);
    cancel();
    expect(calls).toBe(0);
  });

  it.each([NaN, -1, -Infinity])('S13 takes a delay of %d ms for none', async (delayMs) => {
    await sleep(delayMs);
  });
});

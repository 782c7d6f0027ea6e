import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Long enough for a loaded computer of two cores; tests wait for conditions, never for time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks',
    // Much of a test of whole programs is waiting: one more than a computer of two cores has.
    maxWorkers: 3,
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Long enough for a loaded computer of two cores; tests wait for conditions, never for time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks',
    // By itself vitest leaves one core free, and a computer of two then runs one file at a time.
    maxWorkers: 2,
  },
});

import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/** `npm run test:long` sets this: what takes more than 10 s stands in files of its own. */
const long = process.env.TOKEN_TRAY_LONG_TESTS === '1';
/** What only Windows can run, natively or under Wine, stands in files of its own as well. */
const windows = process.platform === 'win32' ? ['test/windows/*.windows.ts'] : [];

export default defineConfig({
  test: {
    include: long ? ['test/**/*.long.ts'] : ['test/**/*.test.ts', ...windows],
    // Long enough for a loaded computer of two cores; tests wait for conditions, never for time.
    testTimeout: long ? 600_000 : 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    pool: 'forks',
    // Files leave nothing behind in their process, and a new one would cost more than most files' tests.
    isolate: false,
    globalSetup: ['test/support/browser-profiles.ts'],
    // By itself vitest leaves one core free; but a test of whole programs waits for half of its time.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
  },
});

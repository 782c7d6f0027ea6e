import { describe, it } from 'vitest';
import { liveThrough } from './histories.ts';

describe('thirty days of a program, a person, tools and a service', () => {
  it('S01 S04 S05 S06 S16 S17 break no rule, whatever happens, and end well', { timeout: 3_600_000 }, () =>
    liveThrough(30),
  );
});

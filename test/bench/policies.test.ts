import { describe, expect, it } from 'vitest';
import { generationsBy, policies, type Policy } from './policies.ts';
import { generationsByTokenTray } from './token-tray-simulation.ts';
import { usagePatterns, type Moment } from './usage-patterns.ts';

const minute = 60_000;
const halfAnHour: Policy = { name: 'half an hour', usableMs: 30 * minute };

function at(minutes: number, script: number | null = 0): Moment {
  return { atMs: minutes * minute, script };
}

function pattern(name: string) {
  const found = usagePatterns.find((one) => one.name.startsWith(name));
  if (!found) throw new Error(name);
  return found;
}

describe('a script that keeps its own token', () => {
  it('makes one for each time that its token is over', () => {
    expect(generationsBy(halfAnHour, [at(0), at(29), at(30), at(59), at(60)])).toBe(3);
  });

  it('knows nothing of another script’s', () => {
    expect(generationsBy(halfAnHour, [at(0, 1), at(1, 2), at(2, 1), at(3, 2)])).toBe(2);
  });

  it('starts with none after a restart', () => {
    expect(generationsBy(halfAnHour, [at(0), at(1, null), at(1)])).toBe(2);
  });

  it('makes one for each run where it keeps none', () => {
    const [eachRun] = policies;
    expect(eachRun && generationsBy(eachRun, pattern('a cron job').moments(7))).toBe(5 * 10 * 12);
  });
});

describe('the patterns of use', () => {
  it('run in the order of time, and a week has seven days', () => {
    for (const { name, moments } of usagePatterns.filter((one) => !one.name.includes('second'))) {
      const times = [...moments(7)].map(({ atMs }) => atMs);
      expect(times, name).toEqual([...times].sort((one, other) => one - other));
      expect(Math.max(...times), name).toBeLessThan(7 * 24 * 60 * minute);
    }
  });

  it('spread ten scripts over each hour', () => {
    const scripts = [...pattern('10 scripts').moments(1)].map(({ script }) => script);
    expect(scripts).toHaveLength(240);
    expect(new Set(scripts).size).toBe(10);
  });
});

describe('the same scripts with Token Tray', () => {
  it('share one session, whichever of them asks', async () => {
    expect(await generationsByTokenTray([at(0, 1), at(1, 2), at(2, 3)])).toBe(1);
  });

  it('need no new token after a restart', async () => {
    expect(await generationsByTokenTray([at(0), at(1, null), at(1)])).toBe(1);
  });

  it('get a new one once theirs is over', async () => {
    expect(await generationsByTokenTray([at(0), at(44), at(46)])).toBe(2);
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { chart, type PatternCounts } from './chart.ts';
import { generationsBy, policies } from './policies.ts';
import { generationsByTokenTray } from './token-tray-simulation.ts';
import { usagePatterns } from './usage-patterns.ts';

const chartFile = join(import.meta.dirname, '../../docs/generations.svg');

/** What an account's owner is judged by: how many tokens were made. Simulated, so it comes out the same each time. */
export const generations: Bench = {
  name: 'generations',
  title: 'New tokens in a day and in a week, by what scripts do today and by Token Tray',
  async run() {
    const day = await generationsIn(1);
    const week = await generationsIn(7);
    writeFileSync(chartFile, chart(day));
    const cells = (row: number) =>
      (day[row]?.bars ?? []).map(
        ({ count }, bar) => `${digits(count)} / ${digits(week[row]?.bars[bar]?.count)}`,
      );
    return {
      about: [
        'Logins and refreshes that the service makes a token for: day / week. Tokens live 45 minutes.',
        'Each script has a cache of its own; a restart empties it. Token Tray is the real core on a simulated clock, its',
        'sign-in counted. “Renew on 401” costs a refused call each time besides. Drawn in docs/generations.svg.',
        'Wanted: at most 35 in a day, however many scripts ask (1.1 × 24 h ÷ 45 min).',
      ],
      head: ['', ...(day[0]?.bars ?? []).map(({ name }) => name)],
      rows: usagePatterns.map(({ name }, row) => [name, ...cells(row)]),
    };
  },
};

async function generationsIn(days: number): Promise<readonly PatternCounts[]> {
  const counts: PatternCounts[] = [];
  for (const { name: pattern, moments } of usagePatterns) {
    const theirs = policies.map((policy) => ({
      name: policy.name,
      count: generationsBy(policy, moments(days)),
      ours: false,
    }));
    const ours = { name: 'Token Tray', count: await generationsByTokenTray(moments(days)), ours: true };
    counts.push({ pattern, bars: [...theirs, ours] });
  }
  return counts;
}

function digits(count = 0): string {
  return count.toLocaleString('en-GB');
}

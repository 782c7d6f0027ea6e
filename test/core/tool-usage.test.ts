import { describe, expect, it } from 'vitest';
import { ToolUsage } from '../../electron/core/tool-usage.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { InMemoryLedger } from '../support/in-memory-home.ts';

const minute = 60_000;
const hour = 60 * minute;
/** Half past nine in the evening, local time, whatever the time zone. */
const evening = new Date(2026, 10, 23, 21, 30).getTime();

function counting() {
  const ledger = new InMemoryLedger();
  const clock = new FakeClock(evening);
  return { ledger, clock, usage: new ToolUsage(ledger, clock) };
}

describe('the counts of tools’ requests', () => {
  it('tell how often today, and when last, for each tool and account', () => {
    const { usage, clock } = counting();
    usage.count('report', 'anna');
    clock.jump(minute);
    usage.count('report', 'anna');
    usage.count('report', 'ben');
    usage.count(null, 'anna');
    const lastAt = evening + minute;
    expect(usage.uses()).toEqual([
      { tool: 'report', account: 'anna', lastAt, today: 2 },
      { tool: 'report', account: 'ben', lastAt, today: 1 },
      { tool: null, account: 'anna', lastAt, today: 1 },
    ]);
  });

  it('go into the ledger as one sum for each hour that is over', async () => {
    const { usage, clock, ledger } = counting();
    for (let asked = 0; asked < 5; asked += 1) usage.count('report', 'anna');
    await usage.write();
    expect(ledger.requests).toEqual([]);
    clock.jump(hour);
    usage.count('report', 'anna');
    await usage.write();
    const halfAnHour = 30 * minute;
    expect(ledger.requests).toEqual([
      { tool: 'report', account: 'anna', hour: evening - halfAnHour, count: 5, lastAt: evening },
    ]);
    await usage.write({ all: true });
    expect(ledger.requests[1]).toMatchObject({ hour: evening + halfAnHour, count: 1 });
    await usage.write({ all: true });
    expect(ledger.requests).toHaveLength(2);
  });

  it('begin anew at midnight', async () => {
    const { usage, clock } = counting();
    usage.count('report', 'anna');
    clock.jump(3 * hour);
    expect(usage.uses()).toMatchObject([{ today: 0, lastAt: evening }]);
    usage.count('report', 'anna');
    expect(usage.uses()).toMatchObject([{ today: 1 }]);
  });

  it('are taken up by the next start, today’s and the last use', async () => {
    const { usage, clock, ledger } = counting();
    for (let asked = 0; asked < 3; asked += 1) usage.count('report', 'anna');
    await usage.write({ all: true });
    clock.jump(minute);
    const next = new ToolUsage(ledger, clock);
    next.recall(ledger.requests);
    expect(next.uses()).toEqual([{ tool: 'report', account: 'anna', lastAt: evening, today: 3 }]);
    next.count('report', 'anna');
    await next.write({ all: true });
    expect(ledger.requests.reduce((sum, { count }) => sum + count, 0)).toBe(4);
  });

  it('S14 put no last use into the future', () => {
    const { usage, clock, ledger } = counting();
    usage.recall([
      { tool: 'report', account: 'anna', hour: evening + hour, count: 1, lastAt: evening + hour },
    ]);
    expect(usage.uses()).toMatchObject([{ lastAt: clock.wallNow() }]);
    expect(ledger.requests).toEqual([]);
  });

  it('wait for a ledger that takes no line, and lose none of them', async () => {
    const { usage, clock, ledger } = counting();
    usage.count('report', 'anna');
    clock.jump(hour);
    ledger.writable = false;
    await usage.write();
    usage.count('report', 'anna');
    ledger.writable = true;
    await usage.write({ all: true });
    expect(ledger.requests).toMatchObject([{ count: 1 }, { count: 1 }]);
  });
});

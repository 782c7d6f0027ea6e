import { describe, expect, it } from 'vitest';
import type { ActivityReport } from '../../electron/core/activity.ts';
import { dateText, localDays } from '../../electron/core/local-time.ts';
import { anna, hour, minute, Program } from '../support/program.ts';
import { lostByTimeout, refusedAsExpired, unsent } from '../support/scripted-auth-service.ts';

const day = 24 * hour;

async function activity(program: Program, since: number | null = null): Promise<ActivityReport> {
  const report = await program.core.activity.report({ since, account: null });
  if (!report.ok) throw new Error(report.failure.code);
  return report.value;
}

describe('the activity', () => {
  it('names each sign-in, renewal, refusal and sign-out with its cause and its tool', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    await program.tokenText();
    await program.clock.advance(46 * minute);
    program.service.then(refusedAsExpired);
    await program.tokenText();
    await program.accounts.signOut(null);
    const { entries } = await activity(program);
    expect(entries.map(({ kind, cause, tool }) => [kind, cause, tool])).toEqual([
      ['sign_in', 'sign_in', null],
      ['renewal', 'tool', 'sync'],
      ['refused', 'tool', 'sync'],
      ['sign_out', 'person', null],
    ]);
    expect(entries.every(({ account }) => account === anna)).toBe(true);
    expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).sort((a, b) => a - b));
  });

  it('counts what may have made a token, and leaves out what never left', async () => {
    const program = await Program.signedIn();
    await program.clock.advance(46 * minute);
    program.service.then(unsent);
    await program.tokenText();
    await program.clock.advance(10 * minute);
    program.service.then(lostByTimeout);
    await program.tokenText();
    const { entries, days } = await activity(program);
    expect(entries.map(({ kind }) => kind)).toEqual(['sign_in', 'renewal']);
    expect(days.at(-1)).toEqual({ date: dateText(program.clock.wallNow()), count: 2 });
  });

  it('tells of the last seven local days unless another beginning is named', async () => {
    const program = await Program.signedIn();
    const signedInAt = program.clock.wallNow();
    await program.clock.advance(6 * day);
    expect((await activity(program)).days).toHaveLength(7);
    expect((await activity(program)).days[0]).toEqual({ date: dateText(signedInAt), count: 1 });
    await program.clock.advance(day);
    const week = await activity(program);
    expect(week.days).toHaveLength(7);
    expect(week.entries).toEqual([]);
    const all = await activity(program, signedInAt);
    expect(all.days).toHaveLength(8);
    expect(all.entries).toHaveLength(1);
    expect((await activity(program, program.clock.wallNow() + day)).days).toEqual([]);
  });

  it('tells how often each tool asked, through a restart too', async () => {
    const program = await Program.signedIn();
    for (let asked = 0; asked < 3; asked += 1) await program.tokenText();
    await program.accounts.close();
    await program.restart();
    await program.tokenText();
    expect((await activity(program)).uses).toMatchObject([{ tool: 'sync', account: anna, today: 4 }]);
  });

  it('keeps the counts of a program that ends during a renewal that takes too long', async () => {
    const program = await Program.signedIn();
    await program.tokenText();
    await program.clock.advance(46 * minute);
    program.service.thenHold();
    program.ask();
    await program.settle();
    await program.restart();
    expect((await activity(program)).uses).toMatchObject([{ tool: 'sync', account: anna, today: 2 }]);
  });

  it('says so where the ledger cannot be read', async () => {
    const program = await Program.signedIn();
    program.ledger.readable = false;
    expect(await program.core.activity.report({ since: null, account: null })).toEqual({
      ok: false,
      failure: { code: 'ledger_unreadable' },
    });
  });

  it('has each local day once, also where the clocks change', () => {
    const days = localDays(new Date(2026, 2, 1).getTime(), new Date(2026, 10, 30, 23, 59).getTime());
    expect(new Set(days).size).toBe(days.length);
    expect(days).toHaveLength(275);
    expect(days[0]).toBe('2026-03-01');
    expect(days.at(-1)).toBe('2026-11-30');
  });
});

describe('the budget of an account that is known by name alone', () => {
  it('is what the ledger remembers of it', async () => {
    const program = await Program.signedIn();
    program.vault.records.clear();
    await program.restart();
    expect(program.accounts.report(null)).toMatchObject({ account: anna, budget: { used: 1, limit: 60 } });
  });
});

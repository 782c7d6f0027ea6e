import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { session } from '../support/session-records.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { intent, ledgerIn } from '../support/written-ledger.ts';

const day = 24 * 60 * 60 * 1000;
const { account, service, username } = session(1);

describe('the ledger', () => {
  it('remembers what was asked of the service, and what came of it', async () => {
    const home = await temporaryHome();
    const { ledger, now } = ledgerIn(home);
    const results = [
      { kind: 'issued', lifetimeMs: 2_700_000 },
      { kind: 'refused', reason: 'suspended' },
      { kind: 'too_many', retryAfterMs: 60_000 },
      { kind: 'unsent' },
      { kind: 'lost' },
    ] as const;
    for (const [index, result] of results.entries()) {
      expect(await ledger.appendIntent(intent(`line-${index}`, now))).toBe(true);
      expect(await ledger.appendOutcome(`line-${index}`, now + 900, result)).toBe(true);
    }
    const open = { ...intent('open', now), request: 'login', tool: null, beyondBudget: true } as const;
    await ledger.appendIntent(open);
    const expected = [
      ...results.map((result, index) => ({
        intent: intent(`line-${index}`, now),
        outcome: { at: now + 900, result },
      })),
      { intent: open, outcome: null },
    ];
    expect((await ledger.read())?.entries).toEqual(expected);
    expect((await ledgerIn(home).ledger.read())?.entries).toEqual(expected);
  });

  it('is empty where none was written, and is not made by reading', async () => {
    const home = await temporaryHome();
    const { ledger } = ledgerIn(home);
    expect(await ledger.read()).toEqual({ entries: [], signOuts: [], requests: [] });
    await expect(stat(join(home, 'ledger.jsonl'))).rejects.toThrow();
  });

  it('holds a line for each event, times in RFC 3339, for this user alone', async () => {
    const { ledger, now, lines, path } = ledgerIn(await temporaryHome());
    await ledger.appendIntent(intent('line-1', now));
    await ledger.appendSignOut({ account, service, username, at: now + 1 });
    const [first = '', second = '', rest] = await lines();
    expect(JSON.parse(first)).toMatchObject({ kind: 'intent', at: '2026-11-23T08:00:00.000Z', id: 'line-1' });
    const at = '2026-11-23T08:00:00.001Z';
    expect(JSON.parse(second)).toEqual({ kind: 'sign_out', at, account, service, username });
    expect(rest).toBe('');
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('keeps overlapping lines apart and in order', async () => {
    const { ledger, now, ids } = ledgerIn(await temporaryHome());
    const many = Array.from({ length: 20 }, (_, index) => `line-${index}`);
    await Promise.all(many.map((id) => ledger.appendIntent(intent(id, now))));
    expect(await ids()).toEqual(many);
  });

  it('S04 skips a line that was torn by a death, and begins the next one afresh', async () => {
    const { ledger, now, ids, path, lines } = ledgerIn(await temporaryHome());
    await ledger.appendIntent(intent('line-1', now));
    await appendFile(path, '{"kind":"intent","id":"torn","at":"2026-11-');
    expect(await ids()).toEqual(['line-1']);
    expect(await ledger.appendIntent(intent('line-2', now))).toBe(true);
    expect(await ids()).toEqual(['line-1', 'line-2']);
    expect(await lines()).toHaveLength(4);
  });

  it('reads over what it does not know, and forgets no request for an unknown word', async () => {
    const { ledger, now, path } = ledgerIn(await temporaryHome());
    await ledger.appendIntent(intent('line-1', now));
    const known = (await readFile(path, 'utf8')).trim();
    const newer = JSON.stringify({ ...JSON.parse(known), id: 'line-2', cause: 'dream', extra: [1] });
    const outcome = {
      kind: 'outcome',
      id: 'line-2',
      at: '2026-11-23T08:00:01Z',
      result: { kind: 'half_issued' },
    };
    const others = ['{"kind":"tool_hour","count":9}', 'null', '[]', '', '7', '\0\0', '{"kind":"intent"}'];
    await appendFile(path, `${[...others, newer, JSON.stringify(outcome)].join('\n')}\n`);
    expect((await ledger.read())?.entries).toEqual([
      { intent: intent('line-1', now), outcome: null },
      {
        intent: { ...intent('line-2', now), cause: 'person' },
        outcome: { at: now + 1000, result: { kind: 'lost' } },
      },
    ]);
  });

  it('forgets what is older than 90 days, and writes the file anew only then', async () => {
    const { ledger, clock, now, ids, path, lines } = ledgerIn(await temporaryHome());
    await ledger.appendIntent(intent('old', now - day));
    await appendFile(path, `${JSON.stringify({ kind: 'of a later version', at: '2026-11-23T08:00:00Z' })}\n`);
    await ledger.appendIntent(intent('new', now));
    const { ino } = await stat(path);
    clock.jump(89 * day);
    await ledger.appendIntent(intent('newest', clock.wallNow()));
    expect(await ids()).toEqual(['old', 'new', 'newest']);
    expect((await stat(path)).ino).toBe(ino);
    clock.jump(day);
    await ledger.appendIntent(intent('last', clock.wallNow()));
    expect(await ids()).toEqual(['new', 'newest', 'last']);
    expect(await lines()).toHaveLength(5);
    expect(await lines()).not.toContainEqual(expect.stringContaining('"old"'));
  });

  it('S14 forgets nothing for a clock that was set years ahead', async () => {
    const { ledger, clock, now, ids } = ledgerIn(await temporaryHome());
    await ledger.appendIntent(intent('today', now));
    clock.jump(3650 * day);
    expect(await ids()).toEqual(['today']);
  });

  it('gives back sign-outs and the sums of requests', async () => {
    const { ledger, now } = ledgerIn(await temporaryHome());
    const signOut = { account, service, username, at: now };
    const sums = [
      { tool: 'report', account, hour: now, count: 7, lastAt: now + 5 },
      { tool: null, account, hour: now, count: 1, lastAt: now + 6 },
    ];
    await ledger.appendSignOut(signOut);
    await ledger.appendRequests(sums);
    expect(await ledger.read()).toEqual({ entries: [], signOuts: [signOut], requests: sums });
  });

  it('skips a sum that says nothing, and keeps what stands beside it', async () => {
    const { ledger, now, path } = ledgerIn(await temporaryHome());
    await ledger.appendRequests([{ tool: 'report', account, hour: now, count: 7, lastAt: now }]);
    const [line = ''] = (await readFile(path, 'utf8')).split('\n');
    await appendFile(path, `${line.replace('7', '-7')}\n${line.replace('"account"', '"whose"')}\n`);
    expect((await ledger.read())?.requests).toMatchObject([{ count: 7 }]);
  });

  it('reads 90 days of a busy account', async () => {
    const { ledger, now, path } = ledgerIn(await temporaryHome());
    const lines: string[] = [];
    for (let at = now - 89 * day; at < now; at += day / 100) {
      const time = new Date(at).toISOString();
      lines.push(JSON.stringify({ kind: 'intent', ...intent(`line-${lines.length}`, at), at: time }));
      const result = { kind: 'issued', lifetimeMs: 1000 };
      lines.push(JSON.stringify({ kind: 'outcome', id: `line-${lines.length - 1}`, at: time, result }));
    }
    await writeFile(path, `${lines.join('\n')}\n`);
    const entries = (await ledger.read())?.entries;
    expect(entries).toHaveLength(lines.length / 2);
    expect(entries?.every(({ outcome }) => outcome?.result.kind === 'issued')).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { anna } from '../support/scripted-engine.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

describe('the pause', () => {
  it('begins and ends by the owner’s word, and the status tells it', async () => {
    await using endpoint = await TestEndpoint.start();
    const before = Date.now();
    const paused = await endpoint.post('/v1/pause', { seconds: 3600 });
    const { paused_until: until } = paused.json as { paused_until: string };
    expect(Date.parse(until) - before).toBeGreaterThanOrEqual(3_600_000);
    expect(Date.parse(until) - Date.now()).toBeLessThanOrEqual(3_600_000);
    expect(await endpoint.ask('/v1/resume', { method: 'POST' })).toMatchObject({
      status: 200,
      json: { paused_until: null },
    });
  });

  it.each([{}, { seconds: 0 }, { seconds: 86_401 }, { seconds: 1.5 }, { seconds: '60' }, { minutes: 1 }])(
    'is from a second to a day: not %j',
    async (body) => {
      await using endpoint = await TestEndpoint.start();
      const answer = await endpoint.post('/v1/pause', body);
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({ detail: expect.stringContaining('from 1 to 86400') as string });
    },
  );

  it('that could not be saved is told so', async () => {
    await using endpoint = await TestEndpoint.start();
    endpoint.settings.writable = false;
    expect(await endpoint.post('/v1/pause', { seconds: 60 })).toMatchObject({
      status: 503,
      json: { code: 'not_saved', failure: 'choice_not_saved' },
    });
  });
});

describe('the end of the program', () => {
  it('A8 is asked for with the owner’s key alone, and begins once that is answered', async () => {
    let stops = 0;
    await using endpoint = await TestEndpoint.start({ stop: () => (stops += 1) });
    const { key } = (await endpoint.post('/v1/tools', { name: 'sync' })).json as { key: string };
    const headers = { authorization: `Bearer ${key}` };
    expect((await endpoint.ask('/v1/stop', { method: 'POST', headers })).status).toBe(403);
    expect((await endpoint.ask('/v1/stop')).status).toBe(405);
    expect((await endpoint.ask('/v1/stop?now=1', { method: 'POST' })).status).toBe(400);
    expect(stops).toBe(0);
    expect(await endpoint.ask('/v1/stop', { method: 'POST' })).toMatchObject({ status: 202, text: '' });
    expect(stops).toBe(1);
  });
});

describe('the default account', () => {
  it('is chosen among those that there are', async () => {
    await using endpoint = await TestEndpoint.start();
    expect(await endpoint.post('/v1/accounts/default', { account: anna })).toMatchObject({
      status: 200,
      json: { account: anna },
    });
    expect(await endpoint.post('/v1/accounts/default', { account: 'eve' })).toMatchObject({
      status: 404,
      json: { code: 'not_found', failure: 'unknown_account' },
    });
    expect(endpoint.engine.defaults).toEqual([anna, 'eve']);
  });
});

describe('the activity', () => {
  it('has the fields that other programs know', async () => {
    await using endpoint = await TestEndpoint.start();
    const at = Date.now() - 1000;
    await endpoint.ledger.appendIntent({
      id: 'one',
      at,
      account: anna,
      service: 'https://auth.example.com',
      username: anna,
      request: 'refresh',
      protection: 'keyring',
      generation: 1,
      cause: 'tool',
      tool: 'report',
      beyondBudget: false,
    });
    await endpoint.ledger.appendOutcome('one', at + 1, { kind: 'issued', lifetimeMs: 2_700_000 });
    endpoint.usage.count('report', anna);
    const { json } = await endpoint.ask('/v1/activity');
    const { entries, tools, days } = json as Record<string, Record<string, unknown>[]>;
    expect(entries).toEqual([
      { at: new Date(at).toISOString(), kind: 'renewal', account: anna, cause: 'tool', tool: 'report' },
    ]);
    expect(tools).toEqual([
      { name: 'report', last_at: expect.stringMatching(/Z$/) as string, count_today: 1 },
      { name: 'this user', last_at: null, count_today: 0 },
    ]);
    expect(days).toHaveLength(7);
    expect(Object.keys(days?.[6] ?? {})).toEqual(['date', 'count']);
  });

  it('reads a beginning in RFC 3339, in any zone, and an account that there is', async () => {
    await using endpoint = await TestEndpoint.start();
    const since = (text: string) => endpoint.ask(`/v1/activity?since=${encodeURIComponent(text)}`);
    const later = new Date(Date.now() + 1000).toISOString();
    expect((await since(later)).json).toMatchObject({ days: [{ count: 0 }] });
    expect((await since('2026-01-31T00:00:00+02:00')).status).toBe(200);
    for (const wrong of ['yesterday', '2026-01-31', '1795420800']) {
      expect((await since(wrong)).status).toBe(400);
    }
    expect((await endpoint.ask(`/v1/activity?account=${anna}`)).status).toBe(200);
    expect((await endpoint.ask('/v1/activity?account=eve')).status).toBe(404);
  });

  it('says so where the ledger cannot be read', async () => {
    await using endpoint = await TestEndpoint.start();
    endpoint.ledger.readable = false;
    expect(await endpoint.ask('/v1/activity')).toMatchObject({
      status: 502,
      json: { code: 'service_error', failure: 'ledger_unreadable' },
    });
  });
});

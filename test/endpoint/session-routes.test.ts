import { describe, expect, it } from 'vitest';
import { failed, succeeded } from '../../electron/contract/result.ts';
import { anna, signedInReport } from '../support/scripted-engine.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

const password = 'the password of anna';

describe('GET /healthz', () => {
  it('answers 204 without a key, and nothing else', async () => {
    await using endpoint = await TestEndpoint.start();
    const answer = await endpoint.ask('/healthz', { headers: { authorization: '' } });
    expect(answer.status).toBe(204);
    expect(answer.text).toBe('');
    expect((await endpoint.ask('/healthz?x=1')).status).toBe(400);
    expect((await endpoint.ask('/healthz', { method: 'POST' })).headers.allow).toBe('GET, HEAD');
  });
});

describe('GET /v1/status', () => {
  it('answers the whole report', async () => {
    await using endpoint = await TestEndpoint.start();
    expect((await endpoint.ask('/v1/status')).json).toEqual({
      state: 'active',
      account: anna,
      accounts: [{ account: anna, state: 'active', default: true }],
      expires_in: 1_234,
      expires_at: '2026-01-02T03:04:05.000Z',
      last_renewal: { at: '2026-01-02T02:19:05.000Z', cause: 'tool' },
      next_renewal_at: '2026-01-02T03:01:05.000Z',
      budget: { used: 2, limit: 60, next_at: null },
      rate_limited_until: null,
      reason: null,
      paused_until: null,
      key_store: 'keyring',
      locked_reason: null,
      endpoint: { url: `http://127.0.0.1:${endpoint.port}`, socket: endpoint.running.socket },
    });
  });

  it('answers null for what there is not', async () => {
    await using endpoint = await TestEndpoint.start({ platform: 'win32' });
    endpoint.engine.sessionReport = {
      ...signedInReport,
      state: 'signed_out',
      account: null,
      accounts: [],
      leftMs: null,
      expiresAt: null,
      lastRenewal: null,
      nextRenewalAt: null,
      budget: { used: 60, limit: 60, nextAt: Date.UTC(2026, 0, 3) },
    };
    expect((await endpoint.ask('/v1/status')).json).toMatchObject({
      account: null,
      expires_in: null,
      expires_at: null,
      last_renewal: null,
      next_renewal_at: null,
      budget: { next_at: '2026-01-03T00:00:00.000Z' },
      endpoint: { socket: null },
    });
  });

  it('is not found for an account that there is none of', async () => {
    await using endpoint = await TestEndpoint.start();
    endpoint.engine.sessionReport = null;
    expect((await endpoint.ask('/v1/status?account=nobody')).json).toMatchObject({ code: 'not_found' });
  });
});

describe('POST /v1/login', () => {
  it('signs in, and answers the account and its state', async () => {
    await using endpoint = await TestEndpoint.start();
    endpoint.engine.signInResult = succeeded({ account: anna, state: 'active', already: true });
    const answer = await endpoint.post('/v1/login', {
      username: anna,
      password,
      login: 'json',
      api: 'https://auth.example.com',
    });
    expect(answer.json).toEqual({ account: anna, state: 'active', already: true });
    const [request] = endpoint.engine.signIns;
    expect(request).toMatchObject({ username: anna, form: 'json', service: 'https://auth.example.com' });
    expect(request?.password.reveal()).toBe(password);
  });

  it('leaves service and form to the engine where none is named, and empty fields too', async () => {
    await using endpoint = await TestEndpoint.start();
    await endpoint.post('/v1/login', { username: '', password: '' });
    expect(endpoint.engine.signIns).toMatchObject([{ username: '', form: null, service: null }]);
  });

  it('A1 takes a sign-in for a person’s only where it says that it was prompted', async () => {
    await using endpoint = await TestEndpoint.start();
    await endpoint.post('/v1/login', { username: anna, password });
    await endpoint.post('/v1/login', { username: anna, password, prompted: false });
    await endpoint.post('/v1/login', { username: anna, password, prompted: true });
    expect(endpoint.engine.signIns.map(({ by }) => by)).toEqual(['program', 'program', 'person']);
    const wrong = await endpoint.post('/v1/login', { username: anna, password, prompted: 'yes' });
    expect(wrong.json).toMatchObject({ code: 'bad_request' });
  });

  it('A1 answers a sign-in that has to wait with 429 and the time', async () => {
    const now = Date.UTC(2026, 0, 2);
    await using endpoint = await TestEndpoint.start({ now: () => now });
    for (const code of ['budget_exhausted', 'sign_in_backoff'] as const) {
      endpoint.engine.signInResult = failed({ code, retryAt: now + 4_200 });
      const answer = await endpoint.post('/v1/login', { username: anna, password });
      expect(answer.status).toBe(429);
      expect(answer.headers['retry-after']).toBe('5');
      expect(answer.json).toMatchObject({ code: 'budget_exhausted', failure: code });
    }
    expect((await endpoint.post('/v1/login', { username: anna, password })).text).toContain('was not sent');
  });

  it('answers a failure as a problem that names it', async () => {
    const now = Date.UTC(2026, 0, 2);
    await using endpoint = await TestEndpoint.start({ now: () => now });
    endpoint.engine.signInResult = failed({ code: 'wrong_credentials' });
    const wrong = await endpoint.post('/v1/login', { username: anna, password });
    expect(wrong.status).toBe(503);
    expect(wrong.json).toMatchObject({ code: 'signed_out', failure: 'wrong_credentials' });
    endpoint.engine.signInResult = failed({ code: 'rate_limited', retryAt: now + 600_000 });
    const tooMany = await endpoint.post('/v1/login', { username: anna, password });
    expect(tooMany.status).toBe(429);
    expect(tooMany.json).toMatchObject({ code: 'rate_limited', failure: 'rate_limited' });
    expect(tooMany.headers['retry-after']).toBe('600');
  });

  it('N5 N6 answers with why the service is not asked, and until when it said “too many”', async () => {
    const until = Date.UTC(2026, 0, 2, 3);
    await using endpoint = await TestEndpoint.start();
    endpoint.engine.sessionReport = {
      ...signedInReport,
      rateLimitedUntil: until,
      hold: { reason: 'waking', until },
    };
    expect((await endpoint.ask('/v1/status')).json).toMatchObject({
      rate_limited_until: '2026-01-02T03:00:00.000Z',
      reason: 'waking',
    });
  });

  it.each([
    ['no password', { username: anna }],
    ['a member that there is none of', { username: anna, password, remember: true }],
    ['a wrong type', { username: anna, password: 1 }],
    ['another form', { username: anna, password, login: 'digest' }],
    ['a list', [anna, password]],
    ['null', null],
  ])('refuses a body with %s, and quotes none of it', async (_, body) => {
    await using endpoint = await TestEndpoint.start();
    const answer = await endpoint.post('/v1/login', body);
    expect(answer.json).toMatchObject({ code: 'bad_request' });
    expect(answer.text).not.toContain(anna);
    expect(answer.text).not.toContain(password);
    expect(endpoint.engine.calls).toBe(0);
  });
});

describe('POST /v1/logout', () => {
  it('signs the named account out, or the default one', async () => {
    await using endpoint = await TestEndpoint.start();
    const answer = await endpoint.ask('/v1/logout', { method: 'POST' });
    expect(answer.json).toEqual({ account: anna, state: 'signed_out' });
    await endpoint.ask('/v1/logout?account=b%40c.example', { method: 'POST' });
    expect(endpoint.engine.signOuts).toEqual([null, 'b@c.example']);
  });

  it('is not found for an account that there is none of', async () => {
    await using endpoint = await TestEndpoint.start();
    endpoint.engine.signOutResult = failed({ code: 'unknown_account', account: 'nobody' });
    const answer = await endpoint.ask('/v1/logout?account=nobody', { method: 'POST' });
    expect(answer.json).toMatchObject({ code: 'not_found', failure: 'unknown_account' });
  });
});

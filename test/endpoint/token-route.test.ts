import { describe, expect, it } from 'vitest';
import { problemReasons, problemStatus, type TokenRefusal } from '../../electron/contract/problems.ts';
import { Secret } from '../../electron/core/secret.ts';
import { anna, heldToken, scriptedTokenText, signedInReport } from '../support/scripted-engine.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

const tokenShape = {
  access_token: scriptedTokenText,
  token_type: 'Bearer',
  expires_in: 1_234,
  expires_at: '2026-01-02T03:04:05.000Z',
  account: anna,
};

const refusals: readonly TokenRefusal[] = [
  { code: 'signed_out' },
  { code: 'locked' },
  { code: 'not_saved' },
  { code: 'suspended' },
  { code: 'service_error' },
  { code: 'paused', retryAfterSeconds: 3_600 },
  { code: 'offline', retryAfterSeconds: 20 },
  { code: 'budget_exhausted', retryAfterSeconds: 599.2 },
  { code: 'rate_limited', retryAfterSeconds: 599.2 },
];

describe('GET /v1/token', () => {
  it('answers the token in the shape of RFC 6749', async () => {
    await using endpoint = await TestEndpoint.start();
    const answer = await endpoint.ask('/v1/token');
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual(tokenShape);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(endpoint.engine.asks).toEqual([{ account: null, minTtlSeconds: 60, tool: null }]);
  });

  it.skipIf(process.platform === 'win32')('answers the same by the Unix socket', async () => {
    await using endpoint = await TestEndpoint.start();
    expect((await endpoint.ask('/v1/token', { bySocket: true })).json).toEqual(tokenShape);
  });

  it('passes on how long the token must live, and whose it is', async () => {
    await using endpoint = await TestEndpoint.start();
    const ask = async (query: string) => {
      const { status } = await endpoint.ask(`/v1/token?${query}`);
      return status === 200 ? endpoint.engine.asks.at(-1) : status;
    };
    expect(await ask('min_ttl=0')).toMatchObject({ minTtlSeconds: 0 });
    expect(await ask('min_ttl=900&account=a%2Bb%40c.example')).toMatchObject({
      minTtlSeconds: 900,
      account: 'a+b@c.example',
    });
    // A token lives a day at most: more is no other wish.
    expect(await ask(`min_ttl=${'9'.repeat(400)}`)).toMatchObject({ minTtlSeconds: 86_400 });
  });

  it.each([
    'min_ttl=-1',
    'min_ttl=1.5',
    'min_ttl=',
    'min_ttl=1e3',
    'min_ttl=%2B5',
    'min_ttl=0x10',
    'min_ttl=60&min_ttl=60',
    'account=',
    'account=a&account=b',
    'verbose=1',
    'Min_ttl=1',
    '__proto__=1',
    'constructor=1',
  ])('refuses the query %s without asking for a token', async (query) => {
    await using endpoint = await TestEndpoint.start();
    const answer = await endpoint.ask(`/v1/token?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      code: 'bad_request',
      detail:
        'This address takes these query parameters, each once at most: account (the name of an account), min_ttl (a whole number of seconds).',
    });
    expect(endpoint.engine.calls).toBe(0);
  });

  it.each(refusals)('E40 tells why there is none: $code', async (refusal) => {
    await using endpoint = await TestEndpoint.start();
    endpoint.engine.sessionReport = { ...signedInReport, state: 'offline' };
    endpoint.engine.refuse(refusal);
    const answer = await endpoint.ask('/v1/token');
    expect(answer.status).toBe(problemStatus[refusal.code]);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json).toMatchObject({ code: refusal.code, state: 'offline' });
    const seconds = refusal.retryAfterSeconds;
    expect(answer.headers['retry-after']).toBe(
      seconds === undefined ? undefined : String(Math.ceil(seconds)),
    );
    expect(answer.text).not.toContain(scriptedTokenText);
  });

  it.each(problemReasons)('N6 tells why the service could not be asked: %s', async (reason) => {
    await using endpoint = await TestEndpoint.start();
    endpoint.engine.refuse({ code: 'offline', retryAfterSeconds: 20, reason });
    expect((await endpoint.ask('/v1/token')).json).toMatchObject({ code: 'offline', reason });
  });

  it('is not found for an account that there is none of', async () => {
    await using endpoint = await TestEndpoint.start();
    endpoint.engine.tokenReply = () => ({ kind: 'unknown_account' });
    expect((await endpoint.ask('/v1/token?account=nobody')).json).toMatchObject({ code: 'not_found' });
  });

  it('waits for an answer that takes its time', async () => {
    await using endpoint = await TestEndpoint.start();
    endpoint.engine.tokenReply = () => Promise.resolve({ kind: 'token', token: heldToken });
    expect((await endpoint.ask('/v1/token')).json).toEqual(tokenShape);
  });

  it('computes the time left at each answer, also of the same token', async () => {
    await using endpoint = await TestEndpoint.start();
    const secondsAt = async (leftMs: number) => {
      endpoint.engine.tokenReply = () => ({ kind: 'token', token: { ...heldToken, leftMs } });
      return (await endpoint.ask('/v1/token')).json;
    };
    expect(await secondsAt(61_999)).toMatchObject({ expires_in: 61 });
    expect(await secondsAt(61_000)).toMatchObject({ expires_in: 61 });
    expect(await secondsAt(60_999)).toMatchObject({ expires_in: 60 });
    expect(await secondsAt(999)).toMatchObject({ expires_in: 1 });
  });

  it('names one end of a token for a whole second, though two clocks reckon it', async () => {
    await using endpoint = await TestEndpoint.start();
    endpoint.engine.tokenReply = () => ({ kind: 'token', token: heldToken });
    const first = await endpoint.ask('/v1/token');
    const token = { ...heldToken, expiresAt: heldToken.expiresAt + 1, leftMs: heldToken.leftMs - 0.6 };
    endpoint.engine.tokenReply = () => ({ kind: 'token', token });
    expect((await endpoint.ask('/v1/token')).text).toBe(first.text);
  });

  it('gives each token’s own text, also in the same second', async () => {
    await using endpoint = await TestEndpoint.start();
    for (const text of ['one', 'two', 'one']) {
      const token = { ...heldToken, accessToken: new Secret<'access token'>(text) };
      endpoint.engine.tokenReply = () => ({ kind: 'token', token });
      expect((await endpoint.ask('/v1/token')).json).toMatchObject({ access_token: text });
    }
  });

  it('survives an engine that throws or rejects, and logs no word of its message', async () => {
    await using endpoint = await TestEndpoint.start();
    const mistake = new TypeError(`no such thing as ${scriptedTokenText}`);
    const fail: (() => never)[] = [];
    fail.push(() => {
      throw mistake;
    });
    for (const reply of [...fail, () => Promise.reject(mistake)]) {
      endpoint.engine.tokenReply = reply;
      const answer = await endpoint.ask('/v1/token');
      expect(answer.status).toBe(502);
      expect(answer.json).toMatchObject({ code: 'service_error' });
      expect(answer.text).not.toContain(scriptedTokenText);
    }
    expect(endpoint.log.names).toEqual(['route_failed', 'route_failed']);
    expect(endpoint.logText).toContain('TypeError');
    expect(endpoint.logText).not.toContain(scriptedTokenText);
  });
});

describe('POST /v1/token/renew', () => {
  const report = { rejected: 'a-token-that-was-refused' };

  it('reports the refused token and answers the one to use now', async () => {
    await using endpoint = await TestEndpoint.start();
    const answer = await endpoint.post('/v1/token/renew?account=b%40c.example', report);
    expect(answer.json).toEqual(tokenShape);
    const [reported] = endpoint.engine.rejectedReports;
    expect(reported).toMatchObject({ account: 'b@c.example', tool: null });
    expect(reported?.rejected.reveal()).toBe(report.rejected);
  });

  it.each(refusals)('E40 tells why there is none: $code', async (refusal) => {
    await using endpoint = await TestEndpoint.start();
    endpoint.engine.rejectedReply = { kind: 'refused', refusal };
    const answer = await endpoint.post('/v1/token/renew', report);
    expect(answer.status).toBe(problemStatus[refusal.code]);
    expect(answer.json).toMatchObject({ code: refusal.code });
  });

  it('is a bad request with another account’s token, and not found without such an account', async () => {
    await using endpoint = await TestEndpoint.start();
    endpoint.engine.rejectedReply = { kind: 'bad_request' };
    expect((await endpoint.post('/v1/token/renew', report)).json).toMatchObject({ code: 'bad_request' });
    endpoint.engine.rejectedReply = { kind: 'unknown_account' };
    expect((await endpoint.post('/v1/token/renew', report)).json).toMatchObject({ code: 'not_found' });
  });
});

describe('with “Programs of this user” off', () => {
  it('the owner’s key gets no token, and still status, sign-in and sign-out', async () => {
    await using endpoint = await TestEndpoint.start();
    await endpoint.settings.set('programsOfThisUser', false);
    const login = { username: anna, password: 'secret of anna' };
    expect((await endpoint.ask('/v1/token')).json).toMatchObject({ code: 'forbidden', status: 403 });
    expect((await endpoint.post('/v1/token/renew', { rejected: 'x' })).json).toMatchObject({
      code: 'forbidden',
    });
    expect(endpoint.engine.calls).toBe(0);
    expect((await endpoint.ask('/v1/status')).status).toBe(200);
    expect((await endpoint.post('/v1/login', login)).status).toBe(200);
    expect((await endpoint.ask('/v1/logout', { method: 'POST' })).status).toBe(200);
  });
});

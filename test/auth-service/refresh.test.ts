import { describe, expect, test } from 'vitest';
import { startAuthService } from './auth-service.ts';
import { refreshPath } from './routes.ts';
import { ManualClock, TestClient, anyString, containing } from './test-client.ts';

const expired = { status: 401, body: { status: false, detail: containing('expired') } };

describe('a refresh', () => {
  test('answers a new pair, whose tokens both work', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const first = await client.tokens();
    const reply = await client.refresh(first.refresh);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(reply.body).toEqual({
      status: true,
      data: { access_token: anyString, refresh_token: anyString },
    });
    const second = await client.rotated((await client.tokens()).refresh);
    expect(await client.orderList(second.access)).toMatchObject({ status: 200 });
    expect(await client.refresh(second.refresh)).toMatchObject({ status: 200 });
  });

  test('leaves the access tokens of before valid', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const { access, refresh } = await client.tokens();
    await client.rotated(refresh);
    expect(await client.orderList(access)).toMatchObject({ status: 200 });
  });

  test('is counted apart from logins', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const { refresh } = await client.tokens();
    await client.refresh(refresh);
    await client.refresh(refresh);
    expect(service.stats()).toMatchObject({
      logins: 1,
      refreshes: 1,
      rejectedLogins: 0,
      rejectedRefreshes: 1,
    });
  });

  test('is refused from the second on which the token’s lifetime is over', async () => {
    const clock = new ManualClock();
    await using service = await startAuthService({ now: clock.now, refreshLifetime: 100 });
    const client = new TestClient(service);
    const { refresh } = await client.tokens();
    clock.advance(99);
    const next = await client.rotated(refresh);
    clock.advance(99);
    const last = await client.rotated(next.refresh);
    clock.advance(100);
    expect(await client.refresh(last.refresh)).toMatchObject(expired);
  });

  test.each([
    [{}, 'refresh_token'],
    [{ refresh_token: '' }, 'refresh_token'],
    [{ refresh_token: 7 }, 'refresh_token'],
    [{ refresh_token: 'x', grant_type: 'refresh_token' }, 'grant_type'],
  ])('whose body is not the one field is 400: %j', async (value, named) => {
    await using service = await startAuthService();
    const reply = await new TestClient(service).postJson(refreshPath, value);
    expect(reply).toMatchObject({
      status: 400,
      body: { status: false, detail: containing(named) },
    });
    expect(service.stats()).toMatchObject({ rejectedRefreshes: 1 });
  });

  test('of an access token, or of any string that is no refresh token, is 401 "expired"', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const { access } = await client.tokens();
    expect(await client.refresh(access)).toMatchObject(expired);
    expect(await client.refresh('no such token')).toMatchObject(expired);
  });

  test('without a content type is 415, by GET 405', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const body = Buffer.from('{"refresh_token":"x"}');
    expect(await client.request(refreshPath, { method: 'POST', body })).toMatchObject({ status: 415 });
    expect(await client.request(refreshPath)).toMatchObject({ status: 405 });
  });
});

describe('a spent refresh token', () => {
  test('is 401 "expired", and the session lives on', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const { refresh } = await client.tokens();
    const next = await client.rotated(refresh);
    expect(await client.refresh(refresh)).toMatchObject(expired);
    expect(await client.refresh(next.refresh)).toMatchObject({ status: 200 });
  });

  test('with reuse detection ends its whole session, and no other', async () => {
    await using service = await startAuthService({ reuseDetection: true });
    const client = new TestClient(service);
    const other = await client.tokens();
    const { access, refresh } = await client.tokens();
    const next = await client.rotated(refresh);
    expect(await client.refresh(refresh)).toMatchObject(expired);
    expect(await client.refresh(next.refresh)).toMatchObject(expired);
    for (const token of [access, next.access])
      expect(await client.orderList(token)).toMatchObject({ status: 401 });
    expect(await client.orderList(other.access)).toMatchObject({ status: 200 });
    expect(await client.refresh(other.refresh)).toMatchObject({ status: 200 });
  });

  test('presented twice at once is rotated once', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const { refresh } = await client.tokens();
    const replies = await Promise.all(Array.from({ length: 5 }, () => client.refresh(refresh)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
    expect(service.stats()).toMatchObject({ refreshes: 1, rejectedRefreshes: 4 });
  });
});

describe('a spent refresh token in its grace', () => {
  test('gets the same pair again, which counts as a refresh and generates nothing', async () => {
    const suspendAfter = { generations: 2, seconds: 3600 };
    await using service = await startAuthService({ rotationGrace: 10, suspendAfter });
    const client = new TestClient(service);
    const { refresh } = await client.tokens();
    const replies = await Promise.all([
      client.rotated(refresh),
      client.rotated(refresh),
      client.rotated(refresh),
    ]);
    expect(new Set(replies.map((pair) => pair.access)).size).toBe(1);
    expect(new Set(replies.map((pair) => pair.refresh)).size).toBe(1);
    expect(service.stats()).toMatchObject({ refreshes: 3, suspended: 0 });
  });

  test('is not taken for a reuse until the grace is over', async () => {
    const clock = new ManualClock();
    await using service = await startAuthService({ now: clock.now, rotationGrace: 10, reuseDetection: true });
    const client = new TestClient(service);
    const { refresh } = await client.tokens();
    const next = await client.rotated(refresh);
    clock.advance(9);
    expect(await client.rotated(refresh)).toEqual(next);
    clock.advance(1);
    expect(await client.refresh(refresh)).toMatchObject(expired);
    expect(await client.refresh(next.refresh)).toMatchObject(expired);
  });
});

describe('without rotation', () => {
  test('the answer carries no refresh token, and the old one stays valid until its end', async () => {
    const clock = new ManualClock();
    await using service = await startAuthService({ now: clock.now, rotation: false, refreshLifetime: 100 });
    const client = new TestClient(service);
    const { refresh } = await client.tokens();
    for (const wait of [0, 50, 49]) {
      clock.advance(wait);
      const reply = await client.refresh(refresh);
      expect(reply.status).toBe(200);
      expect(reply.body).toEqual({ status: true, data: { access_token: anyString } });
    }
    clock.advance(1);
    expect(await client.refresh(refresh)).toMatchObject(expired);
  });
});

import { describe, expect, test } from 'vitest';
import { startAuthService } from './auth-service.ts';
import { ManualClock, TestClient } from './test-client.ts';

const suspended = { status: 403, body: { status: false, detail: 'Account suspended' } };
const other = 'other@example.com:battery staple';
const users = { 'demo@example.com': 'correct horse', 'other@example.com': 'battery staple' };

describe('an account that generates more than N tokens in S seconds', () => {
  test('is suspended by the one too many, and stays so', async () => {
    const clock = new ManualClock();
    await using service = await startAuthService({
      now: clock.now,
      suspendAfter: { generations: 3, seconds: 60 },
    });
    const client = new TestClient(service);
    const { refresh } = await client.tokens();
    const next = await client.rotated(refresh);
    await client.tokens();
    expect(service.stats().suspended).toBe(0);
    expect(await client.refresh(next.refresh)).toMatchObject(suspended);
    clock.advance(3600);
    expect(await client.loginByBasic()).toMatchObject(suspended);
    expect(service.stats()).toMatchObject({
      logins: 2,
      refreshes: 1,
      rejectedLogins: 1,
      rejectedRefreshes: 1,
      suspended: 1,
    });
  });

  test('is refused by the protected resource with 403, so that no client renews for it', async () => {
    await using service = await startAuthService({ suspendAfter: { generations: 1, seconds: 60 } });
    const client = new TestClient(service);
    const { access, refresh } = await client.tokens();
    await client.refresh(refresh);
    expect(await client.orderList(access)).toMatchObject(suspended);
  });

  test('does not let a wrong password learn of the suspension', async () => {
    await using service = await startAuthService({ suspendAfter: { generations: 1, seconds: 60 } });
    const client = new TestClient(service);
    await client.tokens();
    await client.loginByBasic();
    expect(await client.loginByBasic('demo@example.com:wrong')).toMatchObject({ status: 401 });
  });

  test('takes no other account with it', async () => {
    await using service = await startAuthService({ users, suspendAfter: { generations: 1, seconds: 60 } });
    const client = new TestClient(service);
    await client.tokens();
    expect(await client.loginByBasic()).toMatchObject(suspended);
    expect(await client.loginByBasic(other)).toMatchObject({ status: 200 });
    expect(service.stats().suspended).toBe(1);
  });

  test('is free again after a reset', async () => {
    await using service = await startAuthService({ suspendAfter: { generations: 1, seconds: 60 } });
    const client = new TestClient(service);
    await client.tokens();
    expect(await client.loginByBasic()).toMatchObject(suspended);
    service.reset();
    expect(await client.loginByBasic()).toMatchObject({ status: 200 });
  });
});

describe('an account that keeps to N in S seconds', () => {
  test('is not suspended, however long it goes on', async () => {
    const clock = new ManualClock();
    await using service = await startAuthService({
      now: clock.now,
      suspendAfter: { generations: 2, seconds: 60 },
    });
    const client = new TestClient(service);
    for (let generation = 0; generation < 10; generation += 1) {
      expect(await client.loginByBasic()).toMatchObject({ status: 200 });
      clock.advance(30);
    }
  });

  test('is not suspended by refused logins and refreshes', async () => {
    await using service = await startAuthService({ suspendAfter: { generations: 2, seconds: 60 } });
    const client = new TestClient(service);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await client.loginByBasic('demo@example.com:wrong');
      await client.refresh('no such token');
    }
    const { refresh } = await client.tokens();
    expect(await client.refresh(refresh)).toMatchObject({ status: 200 });
  });
});

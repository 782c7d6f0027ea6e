import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { startAuthService } from './auth-service.ts';
import { orderListPath } from './routes.ts';
import { ManualClock, TestClient, containing } from './test-client.ts';

const expired = { status: 401, body: { detail: containing('expired') } };

describe('the protected resource', () => {
  test('answers orders to a valid token, with a query or without', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const { access } = await client.tokens();
    const reply = await client.orderList(access);
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ status: true, data: [{ order_id: 'SO-10412' }, {}, {}] });
    const headers = { authorization: `bearer ${access}` };
    expect(await client.request(`${orderListPath}?page=2`, { headers })).toMatchObject({ status: 200 });
  });

  test('is 401 from the token’s exp on', async () => {
    const clock = new ManualClock();
    await using service = await startAuthService({ now: clock.now, accessLifetime: 60 });
    const client = new TestClient(service);
    const { access } = await client.tokens();
    clock.advance(59);
    expect(await client.orderList(access)).toMatchObject({ status: 200 });
    clock.advance(1);
    const reply = await client.orderList(access);
    expect(reply).toMatchObject(expired);
    expect(reply.headers.get('www-authenticate')).toBe('Bearer realm="orders", error="invalid_token"');
  });

  test('without credentials is 401, with a challenge that names no error', async () => {
    await using service = await startAuthService();
    const reply = await new TestClient(service).request(orderListPath);
    expect(reply).toMatchObject(expired);
    expect(reply.headers.get('www-authenticate')).toBe('Bearer realm="orders"');
  });

  test('is 401 for a token of another service, an unsigned one, a changed one, a refresh token', async () => {
    await using service = await startAuthService();
    await using stranger = await startAuthService();
    const client = new TestClient(service);
    const { access, refresh } = await client.tokens();
    const [header = '', payload = '', signature = ''] = access.split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const forged = [
      (await new TestClient(stranger).tokens()).access,
      await new SignJWT().setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').sign(Buffer.alloc(32)),
      `${none}.${payload}.`,
      [header, payload.replace(/^./, 'f'), signature].join('.'),
      refresh,
      'not-a-token',
    ];
    for (const token of forged) expect(await client.orderList(token)).toMatchObject(expired);
  });

  test('is 401 for a valid token in another scheme', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const { access } = await client.tokens();
    for (const authorization of [access, `Token ${access}`, `Bearer ${access} ${access}`]) {
      expect(await client.request(orderListPath, { headers: { authorization } })).toMatchObject(expired);
    }
  });

  test('takes no other method than GET', async () => {
    await using service = await startAuthService();
    const client = new TestClient(service);
    const reply = await client.postJson(orderListPath, {});
    expect(reply).toMatchObject({ status: 405, body: { status: false } });
    expect(reply.headers.get('allow')).toBe('GET');
  });
});
